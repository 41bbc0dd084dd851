"""Drift and quality of a segment, from its evidence."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evaltool.drift import LITERAL, Explained, Freedom, drift_and_quality, freedom, parameters
from evaltool.drift import drift as explained_drift
from evaltool.evidence import GROUPS, evidence, finding_features
from evaltool.model import Flag, Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.words import AlignedSegment, Judgement, Side, Vocabulary, words_of

MEANING = [c for c in Category if c.branch in ("accuracy", "terminology")]
FORM = [c for c in Category if c not in MEANING]


def flag(category: Category, severity: Severity = Severity.MAJOR) -> Flag:
    return Flag("some-rule", category, severity, "Why.", Span(0, 2), "He", None, "")


def drift(one: AlignedSegment, flags: tuple[Flag, ...]) -> float:
    return explained_drift(one, flags).value


def quality(one: AlignedSegment, flags: tuple[Flag, ...], chrf: float | None) -> Explained:
    return drift_and_quality(one, flags, chrf)[1]


FLAGS = st.lists(st.builds(flag, st.sampled_from(Category), st.sampled_from(Severity)), max_size=5).map(tuple)


def side(text: str, best: float) -> Side:
    words = words_of(text)
    return Side(text, Span(0, len(text)) if text else None, words, (None,) * len(words), (best,) * len(words))


def segment(
    reference: str, variant: str, *, similarity: float | None = 0.9, best: float = 0.9, kind: Kind = Kind.MATCH
) -> AlignedSegment:
    return AlignedSegment(
        side(reference, best), side(variant, best), kind, Role.BODY, Profile.TRANSLATION, "en",
        Vocabulary(reference, words_of(reference)), Vocabulary(variant, words_of(variant)), similarity,
    )  # fmt: skip


OTHER_WORDS = segment("The river rose overnight.", "Overnight the water climbed.")


JUDGED = replace(
    OTHER_WORDS, judgement=Judgement((0.1,) * 4, (0.1,) * 4, (0.1,) * 4, (0.1,) * 4, (0.1,) * 4, (0.1,) * 4, 0, 0)
)


def test_every_weight_has_its_feature() -> None:
    for one, weights in ((OTHER_WORDS, parameters().plain), (JUDGED, parameters().judged)):
        known = {name for features in evidence(one, (), 50.0).values() for name in features}
        assert weights.drift.keys() <= known
        assert weights.quality.keys() <= known


def test_no_weight_is_negative_and_every_finding_has_one_in_quality() -> None:
    for weights in (parameters().plain, parameters().judged):
        assert min(*weights.drift.values(), *weights.quality.values()) > 0
        assert finding_features(()).keys() <= weights.quality.keys()


def test_the_record_holds_cross_validated_figures() -> None:
    judged, plain = parameters().record["judged"], parameters().record["plain"]
    for figures in (plain["WMT23"], plain["TED"]):
        assert 0 < figures["calibration error"] < 0.05
    assert 0 < judged["WMT23"]["calibration error"] < 0.08  # of a third as many segments: the judge has seen the others
    assert 0 < judged["TED"]["calibration error"] < 0.07  # nothing was fitted on it


def test_what_the_judge_holds_for_lost_raises_drift() -> None:
    assert JUDGED.judgement is not None
    worse = replace(JUDGED, judgement=replace(JUDGED.judgement, lost=(0.9,) * 4))
    assert drift(JUDGED, ()) < drift(worse, ())


@pytest.mark.parametrize(
    ("reference", "variant"),
    [
        ("The river rose.", "The river rose."),
        ("The river rose.", "THE RIVER ROSE"),
        ("The river, rose!", "the river  rose…"),
        ("He said “no”.", 'He said "no".'),
        ("The mayor’s car", "The mayor's car"),
    ],
)
def test_texts_that_differ_in_capitals_and_punctuation_alone_have_no_drift(reference: str, variant: str) -> None:
    assert drift(segment(reference, variant, similarity=0.5), ()) == 0


@settings(derandomize=True)
@given(FLAGS, st.lists(st.builds(flag, st.sampled_from(FORM), st.sampled_from(Severity)), max_size=5).map(tuple))
def test_findings_of_form_do_not_enter_drift(flags: tuple[Flag, ...], form: tuple[Flag, ...]) -> None:
    for kind in Kind:
        one = replace(OTHER_WORDS, kind=kind)
        assert drift(one, flags + form) == drift(one, form + flags) == drift(one, flags)


@settings(derandomize=True)
@given(FLAGS, st.sampled_from(MEANING), st.sampled_from(Severity), st.sampled_from(Kind))
def test_one_more_finding_of_meaning_never_lowers_drift(
    flags: tuple[Flag, ...], category: Category, severity: Severity, kind: Kind
) -> None:
    one = replace(OTHER_WORDS, kind=kind)
    assert 0 <= drift(one, flags) <= drift(one, (*flags, flag(category, severity))) <= 1


def test_a_serious_finding_raises_drift() -> None:
    assert drift(OTHER_WORDS, ()) < drift(OTHER_WORDS, (flag(Category.NUMBER),))


def test_a_worse_likeness_raises_drift() -> None:
    texts = ("The river rose overnight.", "Overnight the water climbed.")
    assert drift(segment(*texts), ()) < drift(segment(*texts, similarity=0.3), ())
    assert drift(segment(*texts), ()) < drift(segment(*texts, best=0.2), ())


@pytest.mark.parametrize("kind", [Kind.OMISSION, Kind.ADDITION])
def test_what_stands_on_one_side_alone_drifts_by_its_worst_finding(kind: Kind) -> None:
    alone = segment("The river rose.", "", similarity=None, kind=kind)
    found = [drift(alone, (flag(Category.OMISSION, severity),)) for severity in Severity]
    assert found == sorted(set(found))
    assert all(0 < value < 1 for value in found)
    assert drift(alone, ()) == 0
    both = (flag(Category.OMISSION, Severity.CRITICAL), flag(Category.ADDITION, Severity.MINOR))
    assert drift(alone, both) == found[-1]


def test_a_segment_without_words_has_features_all_the_same() -> None:
    assert 0 <= drift(segment("—", "Yes", similarity=0.1), ()) <= 1
    assert drift(segment("—", "!", similarity=0.1), ()) == 0


SAME_WORDS = segment("The river rose overnight.", "The river rose overnight.")


def test_the_same_text_has_full_quality() -> None:
    assert quality(SAME_WORDS, (), 100.0).value == 100
    assert quality(SAME_WORDS, (flag(Category.SPELLING, Severity.NEUTRAL),), 100.0).value == 100


def test_quality_falls_with_the_severity_of_a_finding() -> None:
    found = [quality(SAME_WORDS, (flag(Category.NUMBER, s),), 100.0).value for s in Severity]
    assert found == sorted(found, reverse=True)
    assert len(set(found)) == len(found)


def test_quality_falls_with_the_wording() -> None:
    assert quality(OTHER_WORDS, (), 80.0).value > quality(OTHER_WORDS, (), 20.0).value


def test_what_stands_on_one_side_alone_loses_quality_by_its_findings_only() -> None:
    alone = segment("The river rose.", "", similarity=None, kind=Kind.OMISSION)
    assert quality(alone, (), None).value == 100
    assert quality(alone, (flag(Category.OMISSION),), None).parts == {"findings": pytest.approx(80)}
    assert quality(alone, (flag(Category.OMISSION),), None).value < 100


@settings(derandomize=True)
@given(st.sampled_from([OTHER_WORDS, SAME_WORDS, JUDGED]), FLAGS, st.one_of(st.none(), st.floats(0, 100)))
def test_what_the_parts_took_adds_up_to_what_quality_lacks(
    one: AlignedSegment, flags: tuple[Flag, ...], chrf: float | None
) -> None:
    found = quality(one, flags, chrf)
    assert sum(found.parts.values()) == pytest.approx(100 - found.value, abs=0.001)
    assert set(found.parts) <= set(GROUPS)
    assert all(part >= 0 for part in found.parts.values())
    assert quality(one, (*flags, flag(Category.GRAMMAR)), chrf).value <= found.value


FREE = replace(segment("The river rose overnight.", "Overnight the water climbed.", similarity=0.5, best=0.4),
               profile=Profile.PARAPHRASE)  # fmt: skip


def test_a_translation_that_is_worded_otherwise_throughout_is_not_excused() -> None:
    assert freedom([replace(FREE, profile=Profile.TRANSLATION)] * 20) == LITERAL


def test_a_paraphrase_that_follows_the_reference_has_nothing_taken_off() -> None:
    assert freedom([replace(OTHER_WORDS, similarity=0.97, profile=Profile.PARAPHRASE)] * 20).drift == 0


def test_what_is_usual_in_a_free_paraphrase_is_taken_off_but_never_a_finding() -> None:
    free = freedom([FREE] * 20)
    assert free.drift > 0.5
    assert free.quality > 0.05
    before, after = drift_and_quality(FREE, (), 40.0), drift_and_quality(FREE, (), 40.0, free)
    assert after[0].value < before[0].value
    assert after[1].value > before[1].value
    found = flag(Category.NUMBER, Severity.CRITICAL)
    for one in (LITERAL, free):
        alone, with_finding = drift_and_quality(FREE, (), 40.0, one), drift_and_quality(FREE, (found,), 40.0, one)
        assert with_finding[0].value > alone[0].value
        assert with_finding[1].value < alone[1].value
    everything = drift_and_quality(FREE, (found,), 40.0, Freedom(99, 99))
    assert everything[0].parts.keys() == everything[1].parts.keys() == {"findings"}


def test_few_segments_tell_less_about_a_text_than_many() -> None:
    assert 0 < freedom([FREE]).drift < freedom([FREE] * 4).drift < freedom([FREE] * 40).drift


def test_no_wording_is_so_free_that_everything_is_taken_off() -> None:
    lost = replace(FREE, similarity=0.0, reference=side("The river rose overnight.", 0.0))
    assert freedom([lost] * 40).drift <= 2 * parameters().plain.literal_drift


def test_a_summary_may_leave_out_and_a_re_report_may_add() -> None:
    long, short = "The river rose overnight and flooded the lower town of Asker.", "The river rose overnight."
    cut = {p: evidence(replace(segment(long, short), profile=p), (), 50.0)["similarity"] for p in Profile}
    grown = {p: evidence(replace(segment(short, long), profile=p), (), 50.0)["similarity"] for p in Profile}
    assert cut[Profile.PARAPHRASE]["shorter"] > 0
    assert "shorter" not in cut[Profile.SUMMARY]
    assert "shorter" in cut[Profile.REREPORT]
    assert grown[Profile.PARAPHRASE]["longer"] > 0
    assert "longer" not in grown[Profile.REREPORT]
    assert "longer" in grown[Profile.SUMMARY]
