"""Checks over all rules, also those not yet written: documentation, examples, counter-examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy

import pytest

from evaltool import Evaluator
from evaltool.embedding import Encoder, Encoding
from evaltool.glossary import Glossary
from evaltool.model import Flag, Profile
from evaltool.mqm import Severity
from evaltool.rules import Example, Rule, all_rules
from evaltool.sentences import split

RULES = all_rules()
CASES = [pytest.param(rule, example, id=f"{rule.id}-{n}") for rule in RULES for n, example in enumerate(rule.examples)]
SOUND = [case for case in CASES if "⟦" not in case.values[1].reference + case.values[1].variant]


def unmark(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without ⟦marks⟧, and where they were."""
    spans, plain, at = [], "", 0
    for match in re.finditer("⟦(.*?)⟧", text):
        plain += text[at : match.start()]
        spans.append((len(plain), len(plain) + len(match[1])))
        plain += match[1]
        at = match.end()
    return plain + text[at:], spans


class Remembered(Encoder):
    """An encoder that has encoded many sentences at once, which is several times as fast and gives the same vectors."""

    def __init__(self, sentences: Iterable[str]) -> None:
        super().__init__()
        texts = list(dict.fromkeys(sentences))
        self.known = dict(zip(texts, super().encode(texts), strict=True))

    def encode(self, texts: Sequence[str]) -> list[Encoding]:
        if all(text in self.known for text in texts):
            return [self.known[text] for text in texts]
        return super().encode(texts)


@pytest.fixture(scope="module")
def evaluator(request: pytest.FixtureRequest) -> Evaluator:
    """Evaluates the examples of the chosen tests, whose sentences it has encoded beforehand."""
    chosen = [getattr(item, "callspec", None) for item in request.session.items]
    examples = [one.params["example"] for one in chosen if one and "example" in one.params]
    texts = (unmark(text)[0] for example in examples for text in (example.reference, example.variant))
    evaluator = Evaluator()
    evaluator.encoder = Remembered(span.of(text) for text in texts for span in split(text).sentences)
    return evaluator


#: Most examples are looked at by several tests, and the same texts have the same flags.
SEEN: dict[tuple[str, str, Profile, Glossary | None], tuple[Flag, ...]] = {}


def judged(evaluator: Evaluator, reference: str, variant: str, example: Example) -> tuple[Flag, ...]:
    """All flags of an example's texts, with its glossary."""
    key = (reference, variant, example.profile, example.glossary)
    if key not in SEEN:
        own = copy(evaluator)
        own.glossary = example.glossary
        SEEN[key] = own.evaluate(reference, variant, example.profile).flags
    return SEEN[key]


@pytest.mark.parametrize(("rule", "example"), CASES)
def test_an_example_is_flagged_exactly_where_it_is_marked(rule: Rule, example: Example, evaluator: Evaluator) -> None:
    reference, reference_marks = unmark(example.reference)
    variant, variant_marks = unmark(example.variant)
    flags = [f for f in judged(evaluator, reference, variant, example) if f.rule == rule.id]
    assert sorted(tuple(f.variant_span) for f in flags if f.variant_span) == variant_marks
    assert sorted(tuple(f.reference_span) for f in flags if not f.variant_span and f.reference_span) == reference_marks
    assert all(f.category is rule.category for f in flags)
    if example.severity is not None:
        assert {f.severity for f in flags} == {example.severity}


@pytest.mark.parametrize(("rule", "example"), SOUND)
def test_a_legitimate_wording_alarms_no_rule_at_all(rule: Rule, example: Example, evaluator: Evaluator) -> None:
    flags = judged(evaluator, example.reference, example.variant, example)
    assert [(f.rule, f.variant_text) for f in flags if f.severity is not Severity.NEUTRAL] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_a_rule_documents_itself(rule: Rule) -> None:
    first, _, rest = rule.doc.partition("\n")
    assert first.endswith(".") and len(first) < 140
    assert "Severity:" in rest, "the docstring states the criteria for the severity"
    marked = ["⟦" in e.reference + e.variant for e in rule.examples]
    assert any(marked) and not all(marked), "an example and a counter-example"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.id)
def test_no_rule_says_anything_of_a_rules_references_as_their_own_variant(rule: Rule, evaluator: Evaluator) -> None:
    text = "\n\n".join(dict.fromkeys(unmark(example.reference)[0] for example in rule.examples))
    assert evaluator.evaluate(text, text).flags == ()


def test_ids_are_the_file_names_in_order() -> None:
    assert [rule.id for rule in RULES] == sorted(rule.id for rule in RULES)
    assert all(re.fullmatch("[a-z]+(-[a-z]+)*", rule.id) for rule in RULES)
