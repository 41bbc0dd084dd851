"""Two neighbouring words have changed places.

The reference has the same two words next to each other the other way round, between the same or linked neighbours. One
of them is a function word whose place is fixed ("of whom were", "of were whom"; "unit of GDP", "unit GDP of"), or both
are content words whose order English fixes (a noun before its adjective). An adjective that the reference has before a
noun counts too where it ends a phrase behind another noun ("in a state critical"), and so do a verb behind its object
("a blast two men killed") and a reported question in the order of a direct one ("do not know how will I get there").
Adverbs, number words and names move freely, and so do a participle and its noun, a speaker and the verb of saying, and
an auxiliary in a question.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import ADVERBS, ARTICLES, AUXILIARIES, PRONOUNS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._parts import SAME_PARTICIPLE, is_noun, is_participle
from evaltool.rules._verbs import PAST_ONLY
from evaltool.words import AlignedSegment, Word

_FREE = ADVERBS | frozenset(
    """
    himself herself itself themselves both all each such half which what one two three four five six seven eight nine
    ten
    """.split()
)

#: Prepositions behind which no adjective belongs to the verb ("made ... worse"), as it may behind "with".
_LED = frozenset("in at from to for by on of".split())
_ABOUT = frozenset("almost nearly about around some over roughly approximately only just".split())
#: Behind these a percentage is a part that does something: "while 5% gained", "than the 5% gained".
_OTHERS = frozenset("while whereas though although as than that which who when if because but so another".split())
_QUANTITIES = frozenset("many several few".split())
#: Prepositions that are adverbs of time and place too, and what they are behind a verb.
_CLOSING = frozenset("since before after above below inside outside around about nearby over through by".split())
_OBJECT = 5  # words of an object
_OPENING = ARTICLES | frozenset(
    """
    no his her its their our my your this that these those several many some all one two three four five six seven eight
    nine ten eleven twelve dozens hundreds thousands
    """.split()
)
_ASKING = frozenset("how what when where why whom which".split())
_INVERTING = frozenset("only not nor and but so".split())
_MODALS = frozenset("can could will would should must".split())
_DO, _HAVING = frozenset("do does did".split()), frozenset("have has had".split())
_SUBJECTS = frozenset("i you he she it we they".split())
#: What stands between two words, or begins a phrase.
_JOINING = ARTICLES | frozenset(
    "of in on at by for from with to into about between and or my our your their its".split()
)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each pair of neighbours that the reference has the other way round."""
    if segment.kind is not Kind.MATCH:
        return
    ours, theirs = segment.variant, segment.reference
    known: dict[tuple[str, str], list[int]] = {}
    for j, (a, b) in enumerate(pairwise(theirs.words)):
        known.setdefault((a.form, b.form), []).append(j)
    for i, (first, second) in enumerate(pairwise(ours.words)):
        if (first.form, second.form) in known or not ours.text[first.span.end : second.span.start].isspace():
            continue
        places = [j for j in known.get((second.form, first.form), ()) if gap(theirs, j, j + 1).isspace()]
        if not any(_between_the_same(segment, i, j) for j in places) or not _fixed(first, second, segment):
            continue
        yield Hit(
            Severity.MINOR,
            f"The reference has “{second.text} {first.text}”; here the two words have changed places.",
            variant_span=Span(first.span.start, second.span.end),
            reference_span=Span(theirs.words[places[0]].span.start, theirs.words[places[0] + 1].span.end),
            suggestion=f"{second.text} {first.text}",
            evidence={"order": f"{first.form} {second.form}"},
            confidence=0.85,
        )
    yield from _behind_noun(segment)
    yield from _behind_share(segment)
    yield from _behind_object(segment)
    yield from _inverted(segment)


def _behind_noun(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each adjective at the end of a phrase, behind its noun, that the reference has before a noun."""
    ours, theirs = segment.variant, segment.reference
    before_noun = {
        a.form: a for j, (a, b) in enumerate(pairwise(theirs.words)) if _is_noun(b) and gap(theirs, j, j + 1) == " "
    }
    for i, word in enumerate(ours.words[3:], 3):
        preposition, article, noun = ours.words[i - 3 : i]
        if word.form not in before_noun or lexicon.parts_of_speech(word.form) != {"a"} or not _is_noun(noun):
            continue
        led = preposition.form in _LED and article.form in ("a", "an", "the")
        ends = ours.text[word.span.end : word.span.end + 1] in tuple(".,;:!?)")
        if not led or not ends or any(gap(ours, k, k + 1) != " " for k in range(i - 3, i)):
            continue
        yield Hit(
            Severity.MINOR,
            f"“{word.text}” stands behind its noun “{noun.text}”.",
            variant_span=Span(noun.span.start, word.span.end),
            reference_span=before_noun[word.form].span,
            suggestion=f"{word.text} {noun.text}",
            evidence={"order": f"{noun.form} {word.form}"},
            confidence=0.85,
        )


def _behind_share(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb behind the percentage that the reference has it before: "the shares almost 5% gained"."""
    ours, theirs = segment.variant, segment.reference
    for i, sign in enumerate(ours.words[:-1]):
        if sign.form not in ("%", "percent") or not i or gap(ours, i, i + 1) != " ":
            continue
        number, verb, j = ours.words[i - 1], ours.words[i + 1], ours.partner[i + 1]
        start = i - 1
        while start and ours.words[start - 1].form in _ABOUT:
            start -= 1
        before = ours.words[start - 1] if start and gap(ours, start - 1, start).strip(" ,") == "" else None
        ended = i + 2 == len(ours.words) or gap(ours, i + 1, i + 2) != " " or ours.words[i + 2].form in _LED
        past = is_participle(verb.form) or verb.form in PAST_ONLY
        if j is None or not past or not ended or before is None or before.form in AUXILIARIES | _JOINING | _OTHERS:
            continue
        if number.form in [w.form for w in theirs.words[j + 1 : j + 4]]:
            yield Hit(
                Severity.MINOR,
                f"“{verb.text}” stands behind what the reference has it before.",
                variant_span=Span(ours.words[start].span.start, verb.span.end),
                reference_span=theirs.words[j].span,
                evidence={"order": f"{number.form}{sign.form} {verb.form}"},
                confidence=0.85,
            )


def _behind_object(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each verb at the end of a clause whose object stands before it: "a blast two men killed"."""
    ours, theirs = segment.variant, segment.reference
    for i, verb in enumerate(ours.words[3:], 3):
        j = ours.partner[i]
        ended = i + 1 == len(ours.words) or not gap(ours, i, i + 1).isspace()
        past = is_participle(verb.form) or verb.form in PAST_ONLY
        had = ours.words[i - 1].form in _HAVING
        if j is None or not (past or had) or not ended or theirs.words[j].form != verb.form:
            continue
        behind = [w.form for w in theirs.words[j + 1 : j + 1 + _OBJECT]]
        led = had and theirs.words[j - 1 if j else 0].form in _HAVING
        close = i - led  # "no defects had found"
        sizes = [
            n
            for n in range(1, len(behind) + 1)
            if behind[:n] == [w.form for w in ours.words[close - n : close]] and close > n
        ]
        if not sizes or any(gap(ours, k, k + 1) != " " for k in range(close - sizes[0], i)):
            continue
        start = close - sizes[0]
        opens = ours.words[start].is_number or ours.words[start].form in _OPENING
        subject = ours.words[start - 1]
        # "the port"; not "left", "saw", which have an object and a participle behind them
        noun = is_noun(subject.form) or (start > 1 and ours.words[start - 2].form in _OPENING)
        placed = (subject.is_content and noun) or (led and subject.form in ("and", "but"))
        if opens and gap(ours, start - 1, start) == " " and placed:
            yield Hit(
                Severity.MINOR,
                f"“{verb.text}” stands behind its object.",
                variant_span=Span(ours.words[start].span.start, verb.span.end),
                reference_span=theirs.words[j].span,
                evidence={"order": f"{ours.words[i - 1].form} {verb.form}"},
                confidence=0.85,
            )


def _inverted(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each reported question in the order of a direct one: "I do not know how will I get there"."""
    ours = segment.variant
    known = {(a.form, b.form) for a, b in pairwise(segment.reference.words)}
    for i in range(1, len(ours.words) - 2):
        word, led = ours.words[i], ours.words[i - 1]
        if word.form not in _ASKING or led.form in _INVERTING or not word.text.islower() or "?" in ours.quote:
            continue
        at = i + 2 if word.form == "which" else i + 1
        if at + 1 >= len(ours.words) or any(gap(ours, k, k + 1) != " " for k in range(i - 1, at + 1)):
            continue
        auxiliary, subject = ours.words[at : at + 2]
        if not _asks(word.form, auxiliary.form, subject.form) or (auxiliary.form, subject.form) in known:
            continue
        yield Hit(
            Severity.MINOR,
            "A reported question keeps the order of a statement.",
            variant_span=Span(word.span.start, subject.span.end),
            evidence={"order": f"{auxiliary.form} {subject.form}"},
            confidence=0.85,
        )


def _asks(asking: str, auxiliary: str, subject: str) -> bool:
    """Whether an auxiliary stands before its subject: not in "what did happen", "what has the best chance"."""
    free = asking in ("how", "why")
    if auxiliary in _DO:
        return free or subject in _SUBJECTS | _OPENING
    wide = (
        free or (asking != "which" and auxiliary in _MODALS) or (asking in ("where", "when") and auxiliary in _HAVING)
    )
    return auxiliary in AUXILIARIES and subject in (_SUBJECTS | ARTICLES if wide else _SUBJECTS)


def _closing(first: Word, second: Word, segment: AlignedSegment) -> bool:
    """Whether a word that may be an adverb of time or place goes behind the verb, at the end of its clause."""
    side = segment.variant
    at = side.words.index(second)
    ended = at + 1 == len(side.words) or not gap(side, at, at + 1).isspace()
    return (ended and second.form in _CLOSING) or first.form in ("since", "before")


def _is_noun(word: Word) -> bool:
    return word.text.islower() and word.is_content and lexicon.main_part_of_speech(word.lemma) == "n"


def _between_the_same(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether the words before and behind the pair are the same or linked, or the segment ends there on both sides."""
    ours, theirs = segment.variant, segment.reference

    def same(at: int, other: int) -> bool:
        here, there = 0 <= at < len(ours.words), 0 <= other < len(theirs.words)
        if not here or not there:
            return here == there
        return ours.words[at].form == theirs.words[other].form or ours.partner[at] == other

    return same(i - 1, j - 1) and same(i + 2, j + 2)


def _fixed(first: Word, second: Word, segment: AlignedSegment) -> bool:
    """Whether the order of two words says something."""
    pair = (first, second)
    if first.form in _QUANTITIES and second.is_content:
        return False
    if second.form in _QUANTITIES and first.is_content and "n" in lexicon.parts_of_speech(first.lemma):
        return True  # "countries many"
    if any(w.form in _FREE for w in pair) or _closing(first, second, segment):
        return False
    joining = [w.form in _JOINING for w in pair]
    if joining[0] != joining[1]:
        # "GDP of", "in unveiled": whatever the other word is, its place is before or behind such a word.
        return not any(w.form.endswith("ly") for w in pair)
    if any(w.is_number or w.is_sign or w.is_capitalised for w in pair):
        return False
    if any(w.form.endswith("ly") or lexicon.main_part_of_speech(w.lemma) == "r" for w in pair):
        return False
    if first.text.lower() != first.form and first.text.lower().endswith(("'s", "’s", "s'", "s’")):
        return False  # "the hospital's former owner"
    if any(is_participle(w.form) for w in pair) and any(lexicon.parts_of_speech(w.form) == {"a"} for w in pair):
        return False  # "suspected serious cases"
    function = [w.is_function for w in pair]
    if all(function) or not any(function):
        if any(w.form in AUXILIARIES for w in pair) and any(w.form in PRONOUNS for w in pair):
            return "?" not in segment.variant.quote + segment.reference.quote
        return all(function) or not _verb_and_noun(first, second)
    return True


def _verb_and_noun(first: Word, second: Word) -> bool:
    """Whether the two can be a verb and its subject, or a participle and its noun, which change places."""
    for verb, noun in ((first, second), (second, first)):
        parts = lexicon.parts_of_speech(noun.lemma)
        inflected = (verb.form != verb.lemma or verb.form in SAME_PARTICIPLE) and "v" in lexicon.parts_of_speech(
            verb.lemma
        )
        if inflected and ("n" in parts or not parts):
            return True
    return False


RULE = Rule(
    category=Category.WORD_ORDER,
    find=find,
    wording=True,
    languages=ENGLISH,
    examples=(
        Example(
            "There were ten men, many of whom were foreigners.", "There were ten men, many of ⟦were whom⟧ foreigners."
        ),
        Example("Emissions per unit of GDP fell.", "Emissions per unit ⟦GDP of⟧ fell."),
        Example("Four are in a critical condition.", "Four are in a ⟦state critical⟧."),
        Example("A blast in the port killed two men.", "A blast in the port ⟦two men killed⟧."),
        Example("They looked and had found no faults.", "They looked and ⟦no faults had found⟧."),
        Example("They had themselves voted for it.", "They themselves had voted for it."),
        Example("They looked, and two faults had grown.", "They looked, and two faults had grown."),
        Example("I do not know how I’ll get there.", "I do not know ⟦how will I⟧ get there."),
        Example("The film shows how nuns lived.", "The film shows ⟦how did live⟧ the nuns."),
        Example("She did not say which way they had gone.", "She did not say in ⟦which way did they⟧ go."),
        Example("It counted men who had since retired.", "It counted men who have retired since."),
        Example("A blast in the port killed two men.", "There was a blast in the port, with two men killed."),
        Example("The shares of the bank gained almost 5%.", "The shares of the bank ⟦almost 5% gained⟧."),
        Example("He named the three attributes that matter.", "He named the three attributes that matter."),
        Example("He has probably left the town.", "He probably has left the town."),
        Example("It was sold by the former city mayor.", "The city's former mayor sold it."),
        Example("“It was late”, the mayor said.", "“It was late”, said the mayor."),
    ),
)
