"""Whether a word stands for one that means something else: what is weighed, and that it tells errors from synonyms."""

from __future__ import annotations

import pytest

from evaltool import substitution
from evaltool.evaluate import Evaluator
from evaltool.words import Substitute, Word

REFERENCE = "The council said on Monday that the flooded bridge would reopen in May after months of repairs."


@pytest.fixture(scope="module")
def evaluator() -> Evaluator:
    return Evaluator()


def weighed(
    evaluator: Evaluator, variant: str, reference: str = REFERENCE
) -> dict[str, tuple[Substitute, Word | None]]:
    ((segment, _),) = evaluator.evidence([reference], [variant])
    theirs = segment.reference.words
    return {
        segment.variant.words[s.index].form: (s, None if s.counterpart is None else theirs[s.counterpart])
        for s in segment.substitutes
    }


def test_only_content_words_that_the_reference_lacks_are_weighed(evaluator: Evaluator) -> None:
    found = weighed(
        evaluator, "The council said on Monday that a flooded bridge will open in May after months of work."
    )
    assert set(found) == {"open", "work"}
    assert weighed(evaluator, REFERENCE) == {}


def test_the_counterpart_is_the_word_in_its_place(evaluator: Evaluator) -> None:
    found = weighed(evaluator, REFERENCE.replace("bridge", "umbrella").replace("repairs", "mending"))
    assert {form: other.form for form, (_, other) in found.items() if other} == {
        "umbrella": "bridge",
        "mending": "repairs",
    }


@pytest.mark.parametrize(
    ("right", "wrong", "other"),
    [
        ("bridge", "umbrella", "viaduct"),
        ("repairs", "marriages", "mending"),
        ("reopen", "collapse", "resume"),
        ("flooded", "crowded", "inundated"),
    ],
)
def test_another_thing_is_likelier_wrong_than_another_word(
    evaluator: Evaluator, right: str, wrong: str, other: str
) -> None:
    error, synonym = (weighed(evaluator, REFERENCE.replace(right, word))[word][0] for word in (wrong, other))
    assert error.chance > max(0.3, synonym.chance)


def test_every_feature_is_known_to_the_weights(evaluator: Evaluator) -> None:
    found = weighed(evaluator, REFERENCE.replace("bridge", "umbrella"))["umbrella"][0]
    assert set(found.features) == set(substitution.parameters().weights)


def test_nothing_is_weighed_where_the_judge_knows_nothing() -> None:
    ((segment, _),) = Evaluator(language="de").evidence(["Die Brücke ist gesperrt."], ["Die Straße ist gesperrt."])
    assert segment.substitutes == ()


def test_the_record_says_what_the_weights_were_fitted_on() -> None:
    record = substitution.parameters().record
    assert record["made_by"] == "evaltool/training/fit_substitution.py"
    for source in ("articles, mt", "WMT23, three experts"):
        with_all, with_the_judge_alone = record[source]["AUROC, AP"], record[source]["AUROC, AP of the judge alone"]
        assert with_all[1] > with_the_judge_alone[1]
