"""Measure the rules on planted errors: what each finds, and what it says about texts without an error.

Every kind of planted error is put into good pairs; an error counts as found where an alarm that the good pair does not
have points at its place, on either side. A rule's precision is the share of its new alarms that do. Every kind of
harmless rewording is put in too: a new alarm on one is a false alarm.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evaltool.evaluate import Evaluator
from evaltool.model import Flag, Segment, Span
from evaltool.mqm import Category, Severity
from evaltool.planting import KINDS, REWORDINGS, Donors, Planted, plant, reword
from evaltool.rules import all_rules

Pair = tuple[str, str]


@dataclass
class KindTally:
    """What became of the errors of one kind.

    Attributes:
        planted: how many were planted.
        found: how many an alarm points at.
        right: how many of those an alarm of the right category points at.
        rules: how many each rule found.
    """

    planted: int = 0
    found: int = 0
    right: int = 0
    rules: Counter[str] = field(default_factory=Counter)


@dataclass
class RuleTally:
    """What one rule said.

    Attributes:
        hits: its new alarms that point at a planted error.
        elsewhere: its new alarms that do not.
        clean: good pairs on which it raises an alarm.
    """

    hits: int = 0
    elsewhere: int = 0
    clean: int = 0


@dataclass
class RewordingTally:
    """What became of the harmless rewordings of one kind.

    Attributes:
        made: how many there are.
        flagged: how many have an alarm that the good pair does not have.
        rules: how many each rule flagged.
    """

    made: int = 0
    flagged: int = 0
    rules: Counter[str] = field(default_factory=Counter)


@dataclass
class Report:
    """What a self-test measured.

    Attributes:
        clean: good pairs.
        clean_flagged: good pairs with an alarm of any rule.
        kinds: by name of the kind.
        rules: by id of the rule, all rules.
        rewordings: by name of the rewording.
    """

    clean: int
    clean_flagged: int
    kinds: dict[str, KindTally]
    rules: dict[str, RuleTally]
    rewordings: dict[str, RewordingTally]


def example_pairs() -> list[Pair]:
    """Good pairs that the package carries: the counter-examples of all rules and the references of their examples."""
    pairs: dict[Pair, None] = {}
    for rule in all_rules():
        for example in rule.examples:
            reference = example.reference.replace("⟦", "").replace("⟧", "")
            pairs.setdefault((reference, reference))
            if "⟦" not in example.reference + example.variant:
                pairs.setdefault((reference, example.variant))
    return [pair for pair in pairs if len(pair[1].split()) >= 6]


def run(evaluator: Evaluator, pairs: Sequence[Pair], per_kind: int = 40, seed: int = 0) -> Report:
    """Plant errors and count what is found.

    Args:
        evaluator: with its rules.
        pairs: good pairs of a reference and a variant, a sentence or a few each.
        per_kind: how many errors of each kind, at most.
        seed: of every choice.
    """
    rng = random.Random(seed)  # noqa: S311
    donors = Donors.of(reference for reference, _ in pairs)
    planted: list[tuple[int, Planted]] = []
    for kind in KINDS:
        order = rng.sample(range(len(pairs)), len(pairs))
        made = ((i, plant(kind, pairs[i][1], donors, rng)) for i in order)
        planted += [(i, found) for i, found in made if found is not None][:per_kind]
    reworded = list(_reworded(pairs, per_kind, rng))
    good = evaluator.evaluate_pairs([a for a, _ in pairs], [b for _, b in pairs])
    bad = evaluator.evaluate_pairs([pairs[i][0] for i, _ in planted], [p.text for _, p in planted])
    report = Report(
        clean=len(pairs),
        clean_flagged=sum(bool(_alarms(segment)) for segment in good),
        kinds={kind: KindTally() for kind in KINDS},
        rules={rule.id: RuleTally() for rule in all_rules()},
        rewordings={kind: RewordingTally() for kind in REWORDINGS},
    )
    for segment in good:
        for name in {flag.rule for flag in _alarms(segment)}:
            report.rules[name].clean += 1
    for (index, error), segment in zip(planted, bad, strict=True):
        _count(report, error, _new(segment, good[index]))
    free = evaluator.evaluate_pairs([pairs[i][0] for _, i, _ in reworded], [text for _, _, text in reworded])
    for (kind, index, _), segment in zip(reworded, free, strict=True):
        new = {flag.rule for flag in _new(segment, good[index])}
        tally = report.rewordings[kind]
        tally.made += 1
        tally.flagged += bool(new)
        tally.rules.update(new)
    return report


def _reworded(pairs: Sequence[Pair], per_kind: int, rng: random.Random) -> Iterable[tuple[str, int, str]]:
    """(kind, index of the pair, reworded variant): every kind of rewording, so often at most."""
    for kind in REWORDINGS:
        order = rng.sample(range(len(pairs)), len(pairs))
        made = ((i, reword(kind, pairs[i][1], rng)) for i in order)
        yield from [(kind, i, text) for i, text in made if text is not None][:per_kind]


def _new(segment: Segment, good: Segment) -> list[Flag]:
    """The alarms that the good pair does not have."""
    before = {(f.rule, f.variant_text, f.reference_text) for f in _alarms(good)}
    return [f for f in _alarms(segment) if (f.rule, f.variant_text, f.reference_text) not in before]


def _count(report: Report, error: Planted, new: list[Flag]) -> None:
    tally = report.kinds[error.kind]
    hits = [flag for flag in new if points_at(flag, error)]
    tally.planted += 1
    tally.found += bool(hits)
    tally.right += any(flag.category is KINDS[error.kind].category for flag in hits)
    tally.rules.update({flag.rule for flag in hits})
    for flag in new:
        if flag in hits:
            report.rules[flag.rule].hits += 1
        else:
            report.rules[flag.rule].elsewhere += 1


def _alarms(segment: Segment) -> list[Flag]:
    return [flag for flag in segment.flags if flag.severity is not Severity.NEUTRAL]


def points_at(flag: Flag, error: Planted) -> bool:
    """Whether a flag points at a planted error: at its words, beside its gap, or, without a place, at what is lost."""
    if flag.variant_span is None:
        return bool(error.gaps) or not error.places
    near = [span for span, _ in error.places] + [Span(max(0, gap - 12), gap + 12) for gap in error.gaps]
    return any(flag.variant_span.overlaps(span) for span in near)


def recall(report: Report, rule: str, category: Category) -> float | None:
    """The share of the planted errors of a category that a rule found; None where none was planted."""
    kinds = [tally for kind, tally in report.kinds.items() if KINDS[kind].category is category]
    total = sum(tally.planted for tally in kinds)
    return sum(tally.rules[rule] for tally in kinds) / total if total else None


def markdown(report: Report) -> str:
    """The report as a page of three tables."""
    head = [
        "# What the rules find",
        "",
        f"Measured by `evaltool rules --selftest` on planted errors. {report.clean} good pairs, of which"
        f" {report.clean_flagged} have an alarm ({_share(report.clean_flagged, report.clean)}). The good pairs are the"
        " examples that the rules carry and are tested on, so that they say little about silence on other texts; a"
        " planted error can also be none by chance, or one of another category.",
        "",
    ]
    kinds = _table(
        ("planted error", "category", "planted", "found", "right category", "by"),
        (
            (
                kind,
                KINDS[kind].category.value,
                str(tally.planted),
                _share(tally.found, tally.planted),
                _share(tally.right, tally.found),
                ", ".join(f"{rule} {n}" for rule, n in tally.rules.most_common(3)),
            )
            for kind, tally in report.kinds.items()
        ),
    )
    rules = _table(
        ("rule", "category", "recall of its category", "precision of new alarms", "alarms", "good pairs flagged"),
        (
            (
                rule.id,
                rule.category.value,
                "-" if (found := recall(report, rule.id, rule.category)) is None else f"{100 * found:.0f}%",
                _share(tally.hits, tally.hits + tally.elsewhere),
                str(tally.hits + tally.elsewhere),
                str(tally.clean),
            )
            for rule in all_rules()
            for tally in (report.rules[rule.id],)
        ),
    )
    rewordings = _table(
        ("harmless rewording", "made", "flagged", "by"),
        (
            (
                kind,
                str(tally.made),
                _share(tally.flagged, tally.made),
                ", ".join(f"{rule} {n}" for rule, n in tally.rules.most_common(3)),
            )
            for kind, tally in report.rewordings.items()
        ),
    )
    return "\n".join([*head, *kinds, "", *rewordings, "", *rules, ""])


def _share(part: int, whole: int) -> str:
    return f"{100 * part / whole:.0f}%" if whole else "-"


def _table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> list[str]:
    return [f"| {' | '.join(cells)} |" for cells in (titles, ["---"] * len(titles), *rows)]
