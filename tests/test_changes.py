"""What changed between two runs, and what forbids to compare them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from gating import flag, run

from evaltool.changes import Changes, Ground, added, changes, differences
from evaltool.records import RunFolder


def test_flags_are_new_fixed_or_still_there() -> None:
    a, b, c = (("one", "a", name) for name in "abc")
    assert changes([b, a], [c, b, b]) == Changes(new=(c,), fixed=(a,), still=(b,))


def test_a_flag_that_only_moved_is_not_new() -> None:
    assert added([flag()], [flag(variant_span=(90, 92))]) == ()


@pytest.mark.parametrize(
    ("before", "after", "new"),
    [
        ([], ["minor"], ["minor"]),
        (["minor"], ["minor"], []),
        (["minor"], ["critical"], ["critical"]),  # more serious than it was
        (["critical"], ["minor"], []),
        (["minor"], ["minor", "minor"], ["minor"]),  # each stands for one
        (["minor", "critical"], ["critical", "minor"], []),
    ],
)
def test_flags_of_one_fingerprint_are_matched_one_for_one(before: list[str], after: list[str], new: list[str]) -> None:
    assert [f.severity for f in added(map(flag, before), list(map(flag, after)))] == new


def test_the_same_fingerprint_in_another_place_is_another_flag() -> None:
    assert len(added([flag()], [flag(article="two"), flag(system="b")])) == 2


def test_a_flag_without_a_fingerprint_is_new() -> None:
    assert len(added([flag(fingerprint="")], [flag(fingerprint="")])) == 1


def changed(**values: Any) -> RunFolder:
    folder = run()
    return msgspec.structs.replace(folder, run=msgspec.structs.replace(folder.run, **values))


def test_equal_runs_can_be_compared_whatever_systems_they_have() -> None:
    more = run((("one", "a"), ("two", "b")))
    own = {**more.run.judging, "profiles": {"b": "summary"}}
    more = msgspec.structs.replace(more, run=msgspec.structs.replace(more.run, judging=own))
    assert differences(run(), more) == ()


@pytest.mark.parametrize(
    ("other", "ground", "detail"),
    [
        (run(model="dd"), Ground.MODEL, "(SHA-256 cccccccccccccccc) and m (SHA-256 dddddddddddddddd)"),
        (changed(model=None), Ground.MODEL, "not stated"),
        (run(judge="ff"), Ground.WEIGHTS,
         "judged by other weights (SHA-256 of judge eeeeeeeeeeeeeeee and ffffffffffffffff)"),
        (changed(weights={"drift": "ff" * 32}), Ground.WEIGHTS,
         "drift dddddddddddddddd and ffffffffffffffff, of judge eeeeeeeeeeeeeeee and not stated)"),
        (changed(weights={}), Ground.WEIGHTS, "a run does not state by which weights it was judged"),
        (changed(tool={"version": "9"}), Ground.TOOL, "evaltool 0 and 9"),
        (changed(judging={"language": "de"}), Ground.SETTINGS, "language is en and de"),
        (changed(judging={}), Ground.SETTINGS, "a run does not state them"),
        (run(profile="summary"), Ground.SETTINGS, "profile of one / a is translation and summary"),
        (run(reference="ab"), Ground.REFERENCES, "the text of one is another one"),
        (changed(texts={}), Ground.REFERENCES, "a run does not state its texts"),
    ],
)  # fmt: skip
def test_what_differs_is_named(other: RunFolder, ground: Ground, detail: str) -> None:
    found = [(d.ground, d.detail) for d in differences(run(), other) if detail in d.detail]
    assert [g for g, _ in found] == [ground]
