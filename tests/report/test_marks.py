from evaltool.mqm import Severity
from evaltool.report.marks import Mark, Piece, cut, distribute


def mark(flag: int, severity: Severity, start: int, end: int) -> Mark:
    return Mark(flag, severity, f"flag {flag}", start, end)


def shape(pieces: tuple[Piece, ...]) -> list[tuple[str, tuple[int, ...], str]]:
    return [(piece.text, piece.flags, piece.letters) for piece in pieces]


def test_text_without_marks_is_one_piece() -> None:
    assert cut("plain", []) == (Piece("plain"),)
    assert cut("", []) == ()


def test_overlaps_are_cut_at_every_boundary() -> None:
    pieces = cut("abcdefgh", [mark(0, Severity.MINOR, 1, 5), mark(1, Severity.CRITICAL, 3, 7)])
    assert shape(pieces) == [("a", (), ""), ("bc", (0,), ""), ("de", (1, 0), "m"), ("fg", (1,), "C"), ("h", (), "")]
    assert pieces[2].severity is Severity.CRITICAL
    assert pieces[2].label == "flag 1\nflag 0"


def test_same_and_nested_spans_carry_all_flags() -> None:
    pieces = cut(
        "abcd", [mark(0, Severity.MAJOR, 0, 4), mark(1, Severity.MAJOR, 0, 4), mark(2, Severity.NEUTRAL, 1, 2)]
    )
    assert shape(pieces) == [("a", (0, 1), ""), ("b", (0, 1, 2), "n"), ("cd", (0, 1), "M")]


def test_adjacent_marks_do_not_mix() -> None:
    pieces = cut("abcd", [mark(0, Severity.MINOR, 0, 2), mark(1, Severity.MAJOR, 2, 4)])
    assert shape(pieces) == [("ab", (0,), "m"), ("cd", (1,), "M")]


def test_empty_mark_is_a_place_and_a_long_one_is_clipped() -> None:
    pieces = cut(
        "abc", [mark(0, Severity.MINOR, 1, 1), mark(1, Severity.MAJOR, 2, 99), mark(2, Severity.MINOR, -4, -1)]
    )
    assert shape(pieces) == [("", (2,), "m"), ("a", (), ""), ("", (0,), "m"), ("b", (), ""), ("c", (1,), "M")]


def test_empty_mark_at_the_end() -> None:
    assert shape(cut("ab", [mark(0, Severity.MINOR, 2, 2)])) == [("ab", (), ""), ("", (0,), "m")]


def test_pieces_join_to_the_text() -> None:
    text = "a\x00b\r\n\u202ec" * 20
    marks = [mark(n, Severity.MINOR, n * 3 % 100, n * 7 % 120) for n in range(40)]
    assert "".join(piece.text for piece in cut(text, marks)) == text


def test_marks_go_to_their_own_segment_or_to_those_that_hold_them() -> None:
    spans = [(0, 10), None, (10, 20), (5, 30)]
    owners = {0: 3, 1: 0, 2: 1}
    marks = [mark(0, Severity.MINOR, 12, 14), mark(1, Severity.MINOR, 8, 12), mark(2, Severity.MINOR, 2, 3), None]
    held = distribute(spans, marks, owners)
    assert [[(one.flag, one.start, one.end) for one in place] for place in held] == [
        [(1, 8, 12), (2, 2, 3)],
        [],
        [(1, -2, 2)],
        [(0, 7, 9), (1, 3, 7)],
    ]
