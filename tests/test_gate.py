"""The verdict as a pure function: every limit at its boundary, and what must never turn a fail into a pass."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import msgspec
import pytest
from gating import TODAY, flag, policy, row, run, segments
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool import gate
from evaltool.changes import Ground
from evaltool.decisions import Decision
from evaltool.model import Kind, Role
from evaltool.policy import Policy, built_in
from evaltool.records import FailureRecord, RunFolder, SegmentRecord
from evaltool.report import gate_text
from evaltool.verdict import Outcome, State, Verdict
from evaltool.waivers import Waiver

PASSED, FAILED, UNDECIDED = Outcome.PASSED, Outcome.FAILED, Outcome.UNDECIDED
TWO = (("one", "a"), ("two", "a"))


def waiver(days: int = 0, **names: Any) -> Waiver:
    names = names or {"fingerprint": f"{0:016x}"}
    return Waiver(reason="checked", owner="A. Lind", expires=TODAY + timedelta(days), **names)


def decision(verdict: str, by: str = "A. Lind", number: int = 0) -> Decision:
    given = {"article": "one", "system": "a", "fingerprint": f"{number:016x}", "rule": "changed-number"}
    return msgspec.convert({**given, "decision": verdict, "by": by, "reason": "seen"}, Decision)


@dataclass(frozen=True)
class Case:
    """One call of the gate and the answer expected of it."""

    name: str
    expected: Outcome
    run: RunFolder = field(default_factory=run)
    limits: dict[str, Any] | Policy = field(default_factory=built_in)
    more: dict[str, Any] = field(default_factory=dict)

    def decide(self) -> Verdict:
        own = self.limits if isinstance(self.limits, Policy) else policy(self.limits)
        return gate.decide(self.run, own, **{"today": TODAY, **self.more})


def article(**limits: Any) -> dict[str, Any]:
    return {"article": limits}


def system(**limits: Any) -> dict[str, Any]:
    return {"system": limits}


def majors(number: int) -> list[Any]:
    return [flag("major", n) for n in range(number)]


def against(baseline: RunFolder, **more: Any) -> dict[str, Any]:
    return {"baseline": baseline, **more}


OMITTED = SegmentRecord(
    "one", "a", 10, Kind.OMISSION, reference_sentences=(10,), reference_span=(100, 109), quality=0.0, drift=1.0,
    reference_words=100,
)  # fmt: skip


def plus(folder: RunFolder, *extra: SegmentRecord) -> RunFolder:
    return msgspec.structs.replace(folder, segments=(*folder.segments, *extra))


def without(folder: RunFolder, **parts: Any) -> RunFolder:
    return msgspec.structs.replace(folder, **parts)


CASES = [
    # flags
    Case("no flag", PASSED),
    Case("one critical flag", FAILED, run(flags=[flag()])),
    Case("one critical flag where one may be", PASSED, run(flags=[flag()]), article(critical_flags_max=1)),
    Case("two where one may be", FAILED, run(flags=[flag(), flag(number=1)]), article(critical_flags_max=1)),
    Case("a minor flag", PASSED, run(flags=[flag("minor")])),
    Case("a neutral flag never counts", PASSED, run(flags=[flag("neutral")]), article(minor_flags_max=0)),
    Case("minor flags can be limited", FAILED, run(flags=[flag("minor")]), article(minor_flags_max=0)),
    Case("five majors in 1,000 words, the built-in limit", PASSED, run(flags=majors(5))),
    Case("six majors in 1,000 words", FAILED, run(flags=majors(6))),
    Case("a rate of a third, just above its limit", FAILED, run(flags=majors(1), qualities=(80,) * 3),
         system(major_flags_per_1000_words_max=3.3333333)),
    Case("a rate of a third, just below its limit", PASSED, run(flags=majors(1), qualities=(80,) * 3),
         system(major_flags_per_1000_words_max=3.3333334)),
    Case("a rate of a ninth of a flag, a hair below its limit", PASSED,
         plus(run(flags=majors(1)), *segments(qualities=(80,) * 90)[10:]),
         system(major_flags_per_1000_words_max=0.111111111111111112)),
    Case("a rate without a scored word", UNDECIDED, run(qualities=(None,)), article(major_flags_per_1000_words_max=5)),
    Case("a flag of a limited category", FAILED, run(flags=[flag("minor")]),
         article(categories={"accuracy/number": {"minor_flags_max": 0}})),
    Case("a flag of another category", PASSED, run(flags=[flag("minor")]),
         article(categories={"accuracy/date-time": {"minor_flags_max": 0}})),
    Case("a category's rate over the system", FAILED, run(TWO, [flag("major"), flag("major", 1)]),
         system(categories={"accuracy/number": {"major_flags_per_1000_words_max": 0.99}})),
    Case("the other article's flag is not this one's", PASSED, run(TWO, [flag(), flag(number=1, article="two")]),
         article(critical_flags_max=1)),
    Case("flags of both articles are the system's", FAILED, run(TWO, [flag(), flag(number=1, article="two")]),
         system(critical_flags_max=1)),
    # scores, at and beside their limits
    Case("article quality at its limit", PASSED, run(scores={"quality": 70.0}), article(quality_min=70)),
    Case("article quality a millionth below", FAILED, run(scores={"quality": 69.999999}), article(quality_min=70)),
    Case("article quality a millionth above", PASSED, run(scores={"quality": 70.000001}), article(quality_min=70)),
    Case("a limit that binary fractions miss", PASSED, run(scores={"drift": 0.3}), article(drift_max=0.3)),
    Case("article drift a millionth above", FAILED, run(scores={"drift": 0.300001}), article(drift_max=0.3)),
    Case("system quality at its limit", PASSED, run(scores={"quality": 65.0}), system(quality_min=65)),
    Case("system quality below", FAILED, run(scores={"quality": 64.9}), system(quality_min=65)),
    Case("system drift at its limit", PASSED, run(scores={"drift": 0.35}), system(drift_max=0.35)),
    Case("system drift above", FAILED, run(scores={"drift": 0.36}), system(drift_max=0.35)),
    Case("MQM score below its limit", FAILED, run(scores={"mqm_score": 94.9}), system(mqm_score_min=95)),
    Case("MQM score at its limit", PASSED, run(scores={"mqm_score": 95.0}), system(mqm_score_min=95)),
    Case("coverage at its limit", PASSED, run(scores={"coverage": 0.6})),
    Case("coverage below", FAILED, run(scores={"coverage": 0.599999})),
    Case("quality 0 where 0 is the limit", PASSED, run(scores={"quality": 0.0}), article(quality_min=0)),
    Case("quality 100 where 100 is the limit", PASSED, run(scores={"quality": 100.0}), article(quality_min=100)),
    Case("a score that is not there", UNDECIDED, run(scores={"quality": None}), article(quality_min=0)),
    Case("the worst segment at its limit", PASSED, run(qualities=(90, 20.0)), {"segment": {"quality_min": 20}}),
    Case("the worst segment below", FAILED, run(qualities=(90, 19.999999)), {"segment": {"quality_min": 20}}),
    Case("the worst segment's drift above", FAILED, run(qualities=(90, 20)), {"segment": {"drift_max": 0.79}}),
    Case("the worst segment's drift at its limit", PASSED, run(qualities=(90, 20)), {"segment": {"drift_max": 0.8}}),
    Case("an omission that its profile allows is no segment to judge", PASSED, plus(run(), OMITTED),
         {"segment": {"quality_min": 20}}),
    Case("an omission that counts is one", FAILED, plus(run(flags=[flag("minor", segment=10)]), OMITTED),
         {"segment": {"quality_min": 20}}),
    # profiles and systems
    Case("a paraphrase may carry less", PASSED, run(scores={"coverage": 0.4}, profile="paraphrase")),
    Case("and not less than that", FAILED, run(scores={"coverage": 0.39}, profile="paraphrase")),
    Case("a summary is not asked for coverage", PASSED, run(scores={"coverage": 0.01}, profile="summary")),
    Case("a re-report is", FAILED, run(scores={"coverage": 0.01}, profile="rereport")),
    Case("a system's own limit comes over the profile's", FAILED, run(),
         {"profiles": {"translation": {"article": {"quality_min": 10}}},
          "systems": {"a": {"article": {"quality_min": 81}}}}),
    Case("and holds for that system only", PASSED, run(),
         {"article": {"quality_min": 10}, "systems": {"b": {"article": {"quality_min": 81}}}}),
    Case("a limit switched off for a system", PASSED, run(flags=[flag()]),
         {"article": {"critical_flags_max": 0, "quality_min": 10},
          "systems": {"a": {"article": {"critical_flags_max": "off"}}}}),
    # nothing checked never passes
    Case("no article", UNDECIDED, run(())),
    Case("no limit", UNDECIDED, run(), {}),
    Case("all unscored", FAILED, run(qualities=(None,) * 3)),
    Case("all unscored, and that many may be", UNDECIDED, run(qualities=(None,) * 3), system(unscored_articles_max=1)),
    Case("an empty filter", UNDECIDED, run(), more={"systems": ["b"]}),
    Case("a filter that names one system of two", PASSED, run((("one", "a"), ("one", "b")), [flag(system="b")]),
         more={"systems": ["a"]}),
    Case("segments missing from the folder", UNDECIDED, run(counts={"segments": 11})),
    Case("flags missing from the folder", UNDECIDED, run(counts={"flags": 1})),
    Case("evaluations missing from the summary", UNDECIDED, run(counts={"evaluated": 2})),
    Case("the counts that it should have", PASSED, run(counts={"segments": 10, "flags": 0, "evaluated": 1})),
    Case("a flag of an article that the summary lacks", UNDECIDED, run(flags=[flag(article="two")])),
    Case("the system missing from the summary", UNDECIDED,
         without(run(), summary=without(run().summary, systems=()))),
    # what was not scored
    Case("a twentieth of the words unscored", PASSED, run(qualities=(80,) * 19 + (None,))),
    Case("more than a twentieth", FAILED, run(qualities=(80,) * 18 + (None,))),
    Case("furniture is not asked for a score", PASSED, plus(run(), SegmentRecord("one", "a", 10, role=Role.FURNITURE,
         reference_words=900))),
    Case("a variant that was not evaluated", FAILED, run(failures=[FailureRecord("it broke", "two", "a")])),
    Case("one of two, and half may be", PASSED, run(failures=[FailureRecord("it broke", "two", "a")]),
         {**article(critical_flags_max=0), **system(unscored_articles_max=0.5)}),
    Case("one of two, and a bit less may be", FAILED, run(failures=[FailureRecord("it broke", "two", "a")]),
         {**article(critical_flags_max=0), **system(unscored_articles_max=0.49)}),
    Case("an article without any variant", FAILED, run(failures=[FailureRecord("no folder", "two", "")])),
    Case("a system that was never evaluated", FAILED, run(failures=[FailureRecord("it broke", "one", "b")])),
    Case("a hole in the table of articles and systems", FAILED, run((*TWO, ("one", "b")))),
    # baseline
    Case("the same again", PASSED, more=against(run())),
    Case("the baseline's critical flag again", PASSED, run(flags=[flag()]), {"baseline": {"new_critical_flags_max": 0},
         **article(quality_min=1)}, against(run(flags=[flag()]))),
    Case("a new critical flag beside it", FAILED, run(flags=[flag(), flag(number=1)]),
         {"baseline": {"new_critical_flags_max": 0}, **article(quality_min=1)}, against(run(flags=[flag()]))),
    Case("a new major flag", FAILED, run(flags=[flag("major")]), more=against(run())),
    Case("a new minor flag", PASSED, run(flags=[flag("minor")]), more=against(run())),
    Case("a minor flag that became critical", FAILED, run(flags=[flag()]), {"baseline": {"new_critical_flags_max": 0},
         **article(quality_min=1)}, against(run(flags=[flag("minor")]))),
    Case("a flag without a fingerprint is new", FAILED, run(flags=[flag("major", fingerprint="")]),
         more=against(run(flags=[flag("major", fingerprint="")]))),
    Case("a fixed flag", PASSED, more=against(run(flags=[flag("major")]))),
    Case("a missing article", FAILED, more=against(run(TWO))),
    Case("a missing system", FAILED, more=against(run((("one", "a"), ("one", "b"))))),
    Case("a new article", PASSED, run(TWO), more=against(run())),
    Case("another reference text", UNDECIDED, run(reference="ab"), more=against(run())),
    Case("another reference text, told that it may", PASSED, run(reference="ab"),
         more=against(run(), allowed=[Ground.REFERENCES])),
    Case("another model", UNDECIDED, run(model="dd"), more=against(run())),
    Case("another model, told that the settings may differ", UNDECIDED, run(model="dd"),
         more=against(run(), allowed=[Ground.SETTINGS])),
    Case("judged by other weights", UNDECIDED, run(judge="ff"), more=against(run())),
    Case("judged by other weights, told that they may differ", PASSED, run(judge="ff"),
         more=against(run(), allowed=[Ground.WEIGHTS])),
    Case("another profile", UNDECIDED, run(profile="paraphrase"), more=against(run())),
    Case("a loss in every segment", FAILED, run(qualities=(78,) * 10), more=against(run())),
    Case("a loss smaller than what matters", PASSED, run(qualities=(79.5,) * 10), more=against(run())),
    Case("a loss as small as what matters", FAILED, run(qualities=(79.0,) * 10), more=against(run())),
    Case("a loss in one segment of ten is within chance", PASSED, run(qualities=(80,) * 9 + (60,)),
         more=against(run())),
    Case("a gain", PASSED, run(qualities=(90,) * 10), more=against(run())),
    Case("a loss with too few units to tell", FAILED, run(qualities=(80, 70)), more=against(run(qualities=(80, 80)))),
    Case("no loss with too few units to tell", PASSED, run(qualities=(80, 80)), more=against(run(qualities=(80, 80)))),
    Case("a baseline that is not whole", UNDECIDED, more=against(run(counts={"flags": 3}))),
    # waivers and decisions
    Case("a waived flag", PASSED, run(flags=[flag()]), more={"waivers": [waiver()]}),
    Case("a waiver lets exactly its flag through", FAILED, run(flags=[flag(), flag(number=1)]),
         more={"waivers": [waiver()]}),
    Case("on the day after its expiry", FAILED, run(flags=[flag()]), more={"waivers": [waiver(-1)]}),
    Case("by rule, article and system", PASSED, run(flags=[flag(), flag(number=1)]),
         more={"waivers": [waiver(rule="changed-number", article="one", system="a")]}),
    Case("of another system", FAILED, run(flags=[flag()]),
         more={"waivers": [waiver(rule="changed-number", article="one", system="b")]}),
    Case("a fingerprint in another article", FAILED, run(flags=[flag()]),
         more={"waivers": [waiver(fingerprint=f"{0:016x}", article="two")]}),
    Case("a stale waiver", PASSED, more={"waivers": [waiver()]}),
    Case("a stale waiver, taken strictly", FAILED, more={"waivers": [waiver()], "strict_waivers": True}),
    Case("a waived new flag", PASSED, run(flags=[flag()]), more=against(run(), waivers=[waiver()])),
    Case("a rejected flag", PASSED, run(flags=[flag()]), more={"decided": [decision("reject")]}),
    Case("an accepted flag", FAILED, run(flags=[flag()]), more={"decided": [decision("accept")]}),
    Case("a downgraded flag counts as minor", PASSED, run(flags=[flag()]), more={"decided": [decision("downgrade")]}),
    Case("and as nothing less", FAILED, run(flags=[flag()]), article(minor_flags_max=0),
         {"decided": [decision("downgrade")]}),
    Case("reviewers who differ", FAILED, run(flags=[flag()]),
         more={"decided": [decision("reject"), decision("accept", "B. Berg")]}),
    Case("reviewers who agree", PASSED, run(flags=[flag()]),
         more={"decided": [decision("reject"), decision("reject", "B. Berg")]}),
    Case("a decision about another flag", FAILED, run(flags=[flag()]),
         more={"decided": [decision("reject", number=7)]}),
]  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_the_gate_decides(case: Case) -> None:
    verdict = case.decide()
    assert verdict.outcome is case.expected, "\n".join(gate_text.lines(case.run, verdict, everything=True))


def test_the_table_is_long_enough_to_mean_something() -> None:
    assert len({case.name for case in CASES}) == len(CASES) >= 60


def test_the_first_lines_say_the_verdict_and_the_worst_reason_of_each_system() -> None:
    folder = run((("one", "a"), ("one", "b")), [flag(), *(flag("major", n, system="b") for n in range(1, 8))])
    first, second, third, *_ = gate_text.lines(folder, gate.decide(folder, built_in(), today=TODAY))
    assert first == "FAILED: 2 broken of 22 criteria, in 2 of 2 systems"
    assert second == (
        "a: 1 critical flag; at most 0 allowed"
        " | b: 7.00 major flags per 1,000 reference words (7 in 1,000); at most 5 allowed"
    )
    assert third == "first: “24” for “42” (changed-number, variants/one/a.txt:1:1)"


def test_what_could_not_be_decided_says_why_in_its_first_line() -> None:
    folder = run()
    verdict = gate.decide(folder, built_in(), today=TODAY, systems=["b"])
    assert list(gate_text.lines(folder, verdict)) == ["UNDECIDED: no system 'b'; there are a"]


@pytest.mark.parametrize(
    ("value", "limit", "shown"),
    [(64.96, 65, "quality 64.96;"), (64.9, 65, "quality 64.9;"), (64.999999, 65, "quality 64.999999;"),
     (65.0, 65, "quality 65.0;"), (65.04, 65.04, "quality 65.04;"), (65.04, 65.0399999, "quality 65.04;")],
)  # fmt: skip
def test_a_figure_has_the_digits_that_show_its_side(value: float, limit: float, shown: str) -> None:
    verdict = Case("", PASSED, run(scores={"quality": value}), article(quality_min=limit)).decide()
    assert verdict.criteria[0].reason.startswith(shown)


def test_the_difference_that_forbids_a_comparison_is_named() -> None:
    verdict = Case("", UNDECIDED, run(model="dd", reference="ab"), more=against(run())).decide()
    assert verdict.problems == (
        "the baseline cannot be compared: model differs: m (SHA-256 cccccccccccccccc) and m (SHA-256 dddddddddddddddd)",
        "the baseline cannot be compared: references differs: the text of one is another one",
    )


def test_reviewers_who_differ_are_named() -> None:
    decided = [decision("reject"), decision("accept", "B. Berg")]
    (note,) = Case("", FAILED, run(flags=[flag()]), more={"decided": decided}).decide().notes
    assert note.startswith(
        "reviewers differ on 1 flag, and the flag counts: changed-number 0000000000000000 in a / one"
    )
    assert "A. Lind: reject, B. Berg: accept" in note


def test_an_expired_and_a_stale_waiver_are_reported() -> None:
    expired, stale = waiver(-1), waiver(30, fingerprint="f" * 16)
    verdict = Case("", FAILED, run(flags=[flag()]), more={"waivers": [expired, stale]}).decide()
    assert verdict.expired == (expired,) and verdict.stale == (stale,)


def test_the_flags_that_fail_are_those_of_broken_criteria() -> None:
    flags = [flag("critical"), flag("major", 1), flag("minor", 2)]
    verdict = Case("", FAILED, run(flags=flags)).decide()
    assert gate.failing(verdict) == (flags[0],)


SEVERITIES = st.sampled_from(["neutral", "minor", "major", "critical"])
FLAGS = st.lists(
    st.tuples(SEVERITIES, st.integers(0, 6), st.integers(0, 7), st.sampled_from(["one", "two"])), max_size=8
)
POLICIES = st.sampled_from(
    [
        built_in(),
        policy({"article": {"critical_flags_max": 1, "categories": {"accuracy/number": {"major_flags_max": 1}}}}),
        policy({"system": {"major_flags_per_1000_words_max": 1.5, "quality_min": 60}, "segment": {"quality_min": 40}}),
        policy({"baseline": {"new_major_flags_max": 1, "quality_loss_min": 0}, "article": {"coverage_min": 0.1}}),
        policy({"system": {"unscored_articles_max": 1}, "baseline": {"quality_loss_min": 3}}),
    ]
)
QUALITIES = st.lists(st.sampled_from([0.0, 30.0, 59.9, 60.0, 80.0, 100.0]), min_size=8, max_size=8)
MORE = st.sampled_from(
    [{}, {"waivers": [waiver()]}, {"decided": [decision("reject")]}, {"decided": [decision("downgrade", number=1)]}]
)
RANK = {PASSED: 0, UNDECIDED: 1, FAILED: 1}


def made(flags: list[tuple[str, int, int, str]], qualities: list[float]) -> RunFolder:
    own = [flag(s, number, segment=at, article=name) for s, number, at, name in flags]
    return run(TWO, own, qualities=qualities, scores={"quality": sum(qualities) / len(qualities)})


@settings(max_examples=60, deadline=None)
@given(flags=FLAGS, extra=FLAGS.filter(bool), before=FLAGS, qualities=QUALITIES, limits=POLICIES, more=MORE)
def test_another_flag_never_turns_a_fail_into_a_pass(
    flags: list[Any], extra: list[Any], before: list[Any], qualities: list[float], limits: Policy, more: dict[str, Any]
) -> None:
    given = {"today": TODAY, "baseline": made(before, [80.0] * 8), **more}
    one = gate.decide(made(flags, qualities), limits, **given)
    other = gate.decide(made([*flags, *extra], qualities), limits, **given)
    assert RANK[other.outcome] >= RANK[one.outcome]


@settings(max_examples=60, deadline=None)
@given(flags=FLAGS, qualities=QUALITIES, lower=st.lists(st.floats(0, 100), min_size=8, max_size=8), limits=POLICIES)
def test_a_lower_score_never_turns_a_fail_into_a_pass(
    flags: list[Any], qualities: list[float], lower: list[float], limits: Policy
) -> None:
    given: dict[str, Any] = {"today": TODAY, "baseline": made(flags, [80.0] * 8)}
    one = gate.decide(made(flags, qualities), limits, **given)
    worse = [min(pair) for pair in zip(qualities, lower, strict=True)]
    other = gate.decide(made(flags, worse), limits, **given)
    assert RANK[other.outcome] >= RANK[one.outcome]


@settings(max_examples=40, deadline=None)
@given(flags=FLAGS, before=FLAGS, qualities=QUALITIES, limits=POLICIES, seed=st.integers(0, 99))
def test_order_does_not_matter(
    flags: list[Any], before: list[Any], qualities: list[float], limits: Policy, seed: int
) -> None:
    folder, baseline = made(flags, qualities), made(before, [80.0] * 8)
    mixed, mixed_baseline = (_shuffled(one, random.Random(seed)) for one in (folder, baseline))
    one = gate.decide(folder, limits, today=TODAY, baseline=baseline)
    other = gate.decide(mixed, limits, today=TODAY, baseline=mixed_baseline)
    assert gate_text.as_json(folder, one, baseline) == gate_text.as_json(mixed, other, mixed_baseline)


def _shuffled(folder: RunFolder, chance: random.Random) -> RunFolder:
    def mixed(values: Any) -> tuple[Any, ...]:
        return tuple(chance.sample(values, len(values)))

    summary = msgspec.structs.replace(
        folder.summary, systems=mixed(folder.summary.systems), articles=mixed(folder.summary.articles)
    )
    return without(folder, summary=summary, flags=mixed(folder.flags), segments=mixed(folder.segments))


@given(today=st.dates(date(2020, 1, 1), date(2030, 1, 1)))
@settings(max_examples=20, deadline=None)
def test_a_waiver_holds_by_the_date_that_is_given(today: date) -> None:
    verdict = gate.decide(run(flags=[flag()]), built_in(), today=today, waivers=[waiver()])
    assert (verdict.outcome is PASSED) == (today <= TODAY)


def test_one_planted_error_among_2000_segments_is_one_new_flag() -> None:
    places = [(f"article-{n:02}", "a") for n in range(40)]
    planted = flag(article="article-17", segment=23)
    common = [flag("minor", 1, article=name) for name, _ in places]
    before, after = (run(places, own, qualities=(95.0,) * 50) for own in (common, [*common, planted]))
    verdict = gate.decide(after, built_in(), today=TODAY, baseline=before)
    assert verdict.outcome is FAILED
    assert [j.flag for j in verdict.judged if j.new] == [planted]
    assert {c.name for c in verdict.of(State.BROKEN)} == {"critical_flags_max", "new_critical_flags_max"}


def test_a_row_of_the_system_without_articles_is_not_enough() -> None:
    folder = run()
    summary = msgspec.structs.replace(folder.summary, articles=(), systems=(row("a", None),))
    assert gate.decide(without(folder, summary=summary, segments=()), built_in(), today=TODAY).outcome is UNDECIDED
