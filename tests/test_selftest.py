"""The self-test of the rules: planted errors, what is found, what is flagged without one."""

from __future__ import annotations

import pytest

from evaltool import selftest
from evaltool.evaluate import Evaluator
from evaltool.mqm import Category
from evaltool.planting import KINDS, REWORDINGS
from evaltool.rules import all_rules

PAIRS = [
    (
        "The council said on Monday that 14 of the 52 bridges would not reopen before May.",
        "On Monday the council said that 14 of the 52 bridges would not reopen before May.",
    ),
    (
        "Anna Weber told the police in Lund that she had seen two men near the old station.",
        "Anna Weber told police in Lund that she had seen two men near the old station.",
    ),
]


@pytest.fixture(scope="module")
def report() -> selftest.Report:
    return selftest.run(Evaluator(), PAIRS, per_kind=2)


def test_every_kind_and_every_rule_is_in_the_report(report: selftest.Report) -> None:
    assert report.kinds.keys() == KINDS.keys()
    assert report.rules.keys() == {rule.id for rule in all_rules()}
    assert report.clean == len(PAIRS)


def test_what_cannot_be_missed_is_found_in_its_category(report: selftest.Report) -> None:
    assert report.kinds["number"].planted == report.kinds["number"].found == report.kinds["number"].right == 1
    assert report.kinds["repeated"].found == 2
    assert report.kinds["repeated"].rules["doubled-word"] == 2
    assert report.clean_flagged == 0


def test_no_more_is_found_than_was_planted(report: selftest.Report) -> None:
    for tally in report.kinds.values():
        assert tally.right <= tally.found <= tally.planted <= 2
        assert all(n <= tally.planted for n in tally.rules.values())


def test_a_harmless_rewording_is_counted_as_flagged_only_where_an_alarm_is_new(report: selftest.Report) -> None:
    assert report.rewordings.keys() == REWORDINGS.keys()
    assert report.rewordings["saying-verb"].made > 0
    for tally in report.rewordings.values():
        assert tally.flagged <= tally.made <= 2
        assert bool(tally.flagged) == bool(tally.rules)


def test_recall_counts_the_planted_errors_of_the_category(report: selftest.Report) -> None:
    of_number = [k for k, kind in KINDS.items() if kind.category is Category.NUMBER]
    planted = sum(report.kinds[k].planted for k in of_number)
    found = sum(report.kinds[k].rules["changed-number"] for k in of_number)
    assert selftest.recall(report, "changed-number", Category.NUMBER) == found / planted
    assert selftest.recall(report, "glued-sentences", Category.PUNCTUATION_SPACING) is None


def test_the_page_has_a_row_for_each(report: selftest.Report) -> None:
    page = selftest.markdown(report)
    for name in (*KINDS, *REWORDINGS, *report.rules):
        assert f"\n| {name} |" in page


def test_the_packages_own_pairs_are_good_and_many() -> None:
    pairs = selftest.example_pairs()
    assert len(pairs) > 150
    assert all("⟦" not in text for pair in pairs for text in pair)
