"""Folders of text files become articles; what is wrong with one is said with its name and place."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaltool.model import InputError
from evaltool.readers.folder import read, read_text


def put(folder: Path, **files: str | bytes) -> Path:
    """Files by name: `reference__one="text"` is reference/one.txt."""
    for name, content in files.items():
        path = folder.joinpath(*name.split("__")).with_suffix(".txt")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder


def test_one_reference_takes_a_flat_folder_of_variants(tmp_path: Path) -> None:
    put(tmp_path, reference__one="He left.", seeds__b="She left.", seeds__a="They left.")
    ((article,), failures) = read(tmp_path / "reference", tmp_path / "seeds")
    assert (article.name, article.reference, failures) == ("one", "He left.", [])
    assert list(article.variants.items()) == [("a", "They left."), ("b", "She left.")]
    assert article.files == {
        "": str(tmp_path / "reference" / "one.txt"),
        "a": str(tmp_path / "seeds" / "a.txt"),
        "b": str(tmp_path / "seeds" / "b.txt"),
    }


def test_several_references_take_a_folder_of_variants_each(tmp_path: Path) -> None:
    put(
        tmp_path,
        reference__two="B.",
        reference__one="A.",
        seeds__one__a="A1.",
        seeds__two__a="B1.",
        seeds__two__b="B2.",
    )
    articles, failures = read(tmp_path / "reference", tmp_path / "seeds")
    assert [(a.name, a.reference, dict(a.variants)) for a in articles] == [
        ("one", "A.", {"a": "A1."}),
        ("two", "B.", {"a": "B1.", "b": "B2."}),
    ]
    assert failures == []


def test_the_reference_may_be_one_file(tmp_path: Path) -> None:
    put(tmp_path, one="He left.", seeds__a="She left.")
    ((article,), _) = read(tmp_path / "one.txt", tmp_path / "seeds")
    assert (article.name, dict(article.variants)) == ("one", {"a": "She left."})


def test_what_has_no_counterpart_is_listed_not_dropped(tmp_path: Path) -> None:
    put(tmp_path, reference__one="A.", reference__two="B.", seeds__one__a="A1.", seeds__three__a="C1.")
    articles, failures = read(tmp_path / "reference", tmp_path / "seeds")
    assert [a.name for a in articles] == ["one"]
    assert [(article, system) for article, system, _ in failures] == [("two", ""), ("three", "")]
    assert "no folder with variants" in failures[0][2] and "no reference three.txt" in failures[1][2]


def test_hidden_and_other_files_are_passed_over(tmp_path: Path) -> None:
    put(tmp_path, reference__one="A.", seeds__a="A1.")
    for name in (".a.txt", "notes.md", "a.txt.bak"):
        (tmp_path / "seeds" / name).write_text("?", encoding="utf-8")
    (tmp_path / "seeds" / "empty").mkdir()
    ((article,), _) = read(tmp_path / "reference", tmp_path / "seeds")
    assert list(article.variants) == ["a"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"seeds__a": "x"}, "reference: no such reference folder"),
        ({"reference__one": "x"}, "seeds: no such folder of variants"),
        ({"reference__one": "x", "seeds__sub__deeper__a": "x"}, "seeds: holds no variant"),
        ({"reference__sub__one": "x", "seeds__a": "x"}, "reference: holds no reference"),
        ({"reference__one": "x", "seeds__a": "x", "seeds__one__a": "x"}, "seeds: holds both text files and folders"),
        ({"reference__one": "x", "reference__two": "x", "seeds__a": "x"}, "seeds: .* holds 2 references"),
        ({"reference__one": "x", "seeds__two__a": "x"}, "seeds: none of its folders has the name of a reference"),
        ({"reference__one": " \r\n\t", "seeds__a": "x"}, "one.txt: the file is empty; remove it"),
        ({"reference__one": "x", "seeds__a": ""}, "a.txt: the file is empty; remove it"),
    ],
)
def test_a_folder_that_cannot_be_read_says_which_and_what_to_do(
    files: dict[str, str], says: str, tmp_path: Path
) -> None:
    put(tmp_path, **files)
    with pytest.raises(InputError, match=says) as caught:
        read(tmp_path / "reference", tmp_path / "seeds")
    assert "\n" not in str(caught.value) and "; " in str(caught.value)


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"\xef\xbb\xbfHe left.", "He left."),
        (b"He left.\r\nShe stayed.\r", "He left.\r\nShe stayed.\r"),
        (b" \n He left. \n", " \n He left. \n"),
        ("Café – “ok”".encode(), "Café – “ok”"),
        ("\ufeffa\ufeffb".encode(), "a\ufeffb"),
    ],
)
def test_a_text_is_kept_as_it_stands_but_for_a_byte_order_mark(data: bytes, text: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    assert read_text(tmp_path / "a.txt") == text


def test_cp1252_is_read_when_asked_for(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("Café – “ok” €5".encode("cp1252"))
    assert read_text(tmp_path / "a.txt", "cp1252") == "Café – “ok” €5"


@pytest.mark.parametrize(
    ("data", "place"),
    [
        (b"Caf\xe9", "byte 3 (0xe9)"),
        (b"\xef\xbb\xbfCaf\xe9", "byte 6 (0xe9)"),
        ("é".encode() + b"\xff", "byte 2 (0xff)"),
        ("Hé".encode("utf-16"), "byte 0 (0xff)"),
    ],
)
def test_a_text_that_is_not_utf8_is_refused_with_the_byte(data: bytes, place: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(InputError) as caught:
        read_text(tmp_path / "a.txt")
    assert f"a.txt: not UTF-8 at {place}" in str(caught.value) and "cp1252" in str(caught.value)


@pytest.mark.parametrize(("data", "at"), [(b"PK\x03\x04\0\0", 4), (b"\xef\xbb\xbfa\0", 4), ("é\0".encode(), 2)])
def test_a_file_that_is_no_text_is_refused_with_the_byte(data: bytes, at: int, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(data)
    with pytest.raises(InputError, match=rf"a\.txt: not a text file \(a zero byte at {at}\)"):
        read_text(tmp_path / "a.txt")


def test_a_file_that_is_missing_or_a_folder_is_named(tmp_path: Path) -> None:
    for path in (tmp_path / "nowhere.txt", tmp_path):
        with pytest.raises(InputError, match=r"cannot be read|no regular file"):
            read_text(path)
