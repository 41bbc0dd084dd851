"""The documentation of the rules, as the report shows it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from evaltool.rules import Example, Rule, all_rules

#: File name of the page in the folder of pages; articles' pages end in a hash, so none can have it.
NAME = "rules.html"


@dataclass(frozen=True, slots=True)
class ExampleView:
    """An example; both texts cut at their marks, as (text, whether it is marked)."""

    reference: tuple[tuple[str, bool], ...]
    variant: tuple[tuple[str, bool], ...]
    profile: str
    flagged: bool


@dataclass(frozen=True, slots=True)
class RuleView:
    """A rule; ``paragraphs`` and ``examples`` are empty for one that this version does not have."""

    anchor: str
    id: str
    category: str
    languages: str
    paragraphs: tuple[str, ...]
    examples: tuple[ExampleView, ...]


def views(seen: Iterable[str]) -> tuple[RuleView, ...]:
    """Every rule of this version and those that the run names, sorted by id; anchors are numbers."""
    known = {rule.id: rule for rule in all_rules()}
    names = sorted({*known, *seen})
    return tuple(_view(f"r{number}", name, known.get(name)) for number, name in enumerate(names))


def links(rules: Iterable[RuleView]) -> dict[str, str]:
    """Rule id -> its place, as other pages of the folder link to it."""
    return {rule.id: f"{NAME}#{rule.anchor}" for rule in rules}


def _view(anchor: str, name: str, rule: Rule | None) -> RuleView:
    if rule is None:
        return RuleView(anchor, name, "", "", (), ())
    return RuleView(
        anchor=anchor,
        id=name,
        category=rule.category.value,
        languages=", ".join(sorted(rule.languages)) if rule.languages else "every language",
        paragraphs=tuple(" ".join(part.split()) for part in rule.doc.split("\n\n") if part.strip()),
        examples=tuple(map(_example, rule.examples)),
    )


def _example(example: Example) -> ExampleView:
    reference, variant = _cut(example.reference), _cut(example.variant)
    flagged = any(marked for _, marked in reference + variant)
    return ExampleView(reference, variant, example.profile.value, flagged)


def _cut(text: str) -> tuple[tuple[str, bool], ...]:
    """The text at its ⟦marks⟧, which are nested nowhere."""
    pieces: list[tuple[str, bool]] = []
    for part in text.split("⟦"):
        marked, closed, rest = part.partition("⟧")
        pieces += [(marked, True), (rest, False)] if closed else [(part, False)]
    return tuple(piece for piece in pieces if piece[0])
