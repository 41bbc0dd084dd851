"""The word that is the subject of a verb, as far as its place tells."""

from __future__ import annotations

from evaltool.rules._clauses import gap, sentence
from evaltool.rules._verbs import Group, groups, joined
from evaltool.words import Side

#: Pronouns that can be subjects ...
PRONOUNS = frozenset("i he she it we they you who others".split())
#: ... and what opens a noun phrase.
OPENING = frozenset("a an the my your his her its our their some any every each".split())


def subjects(side: Side, group: Group) -> list[int]:
    """Indexes of the words that can be the subject of a verb group: directly before it, or before an apposition."""
    at = group.start
    while at > 0 and joined(side, at - 1):
        at -= 1
        word = side.words[at]
        if word.form in PRONOUNS or (word.is_content and not word.form.endswith("ly")):
            return [] if _behind_preposition(side, at) else [at]
        if not word.form.endswith("ly") and word.form not in ("also", "then", "later", "already", "never", "not"):
            return []
    return _apposed(side, at) if at == group.start else []


def _apposed(side: Side, at: int) -> list[int]:
    """Indexes of the last words before each comma that precedes an index, back to the last verb ("Ann, the mayor,")."""
    first, _ = sentence(side, at, ";:()")
    verbs = {k for group in groups(side) for k in range(group.start, group.end + 1)}
    found: list[int] = []
    for k in range(at - 1, first - 1, -1):
        if k in verbs or side.words[k].form in ("and", "but", "who", "which", "that", "when", "if"):
            return []
        if "," in gap(side, k, k + 1):
            found.append(k)
    return [k for k in found if side.words[k].is_content]


def _behind_preposition(side: Side, at: int) -> bool:
    """Whether a noun belongs to a preposition, so that the subject stands farther before ("the boy on the roof")."""
    k = at
    while k > 0 and joined(side, k - 1):
        k -= 1
        word = side.words[k]
        if word.form in ("of", "in", "on", "at", "from", "with", "for", "to", "by", "near", "about", "against"):
            return True
        if not (word.is_content or word.is_number or word.form in OPENING):
            return False
    return False
