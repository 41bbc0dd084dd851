"""An article is missing ("told BBC", "led by Islamist", "from remnant of the forces").

Found are acronyms that the reference has with "the" and the variant without; singular nouns behind a preposition that
English mostly uses in the plural, or that name a person who does something ("led by Islamist"); and a noun with its
adjective that is the object of a verb and stands behind "a" in the reference, or a noun for a thing or person that has
before it the same words as there but "a" ("at army checkpoint", ", retired teacher who"), or is the object of the same
verb ("send mission"); a counted noun behind the same preposition as there but without the article; and a bare "other"
for "another". Where the noun only describes another ("BBC reporters"), nothing is missing.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import ADVERBS, ALSO_PAST_OF, ARTICLES, FUNCTION, PREPOSITIONS, PRONOUNS
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._parts import is_abstract, is_adjective, is_adverb, is_participle
from evaltool.words import AlignedSegment, Side, Word, lemma_of

#: Prepositions that stand in many phrases without an article ("on foot", "by train", "in office", "as mayor").
_PHRASAL = frozenset("in on at by as per like up down off out than about over under to into past of between".split())
_AGENT = ("ist", "er", "or", "man", "woman", "ian", "ant")  # endings of nouns for persons
_DETERMINERS = ARTICLES | PRONOUNS | frozenset("no every many few several more most much".split())
#: Nouns that verbs take without an article, though they are counted elsewhere.
_UNCOUNTED = frozenset("use part access care place action progress attention interest leave".split())
_LIGHT = frozenset("take make give have pay do hold catch play lose set find put bear keep get".split())
_MATTER = ("substance", "material", "matter")  # what is not counted
#: How much rarer (Zipf) than a noun its plural may be, where the reference has the noun behind an article.
_COUNTED = {"the": 1.5, "a": 0.5}
_PHRASE = 4  # words of a noun phrase, at most
_SPACES = (" ", "\u00a0")


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each noun that lacks its article."""
    if segment.kind is not Kind.MATCH or segment.role is Role.HEADING:
        return
    side = segment.variant
    for i in range(1, len(side.words)):
        if side.words[i].is_function and not side.words[i].is_acronym:
            continue
        found = None
        if _ends_phrase(side, i):
            found = _acronym(segment, i) or _bare(side, i) or _agent(side, i)
            found = found or _indefinite(segment, i) or _dropped(segment, i) or _other(segment, i)
            found = found or _in_place(segment, i)
        found = found or _object(segment, i)
        if found is not None:
            first, article = found
            span = Span(side.words[first].span.start, side.words[i].span.end)
            yield Hit(
                Severity.MINOR,
                f"“{span.of(side.text)}” lacks its article{' or plural' if article == 'a' else ''}.",
                variant_span=span,
                evidence={"noun": side.words[i].text, "article": article},
                confidence=0.8,
            )


def _ends_phrase(side: Side, i: int) -> bool:
    """Whether a noun phrase can end with a word: no possessive, and no word that it describes behind it."""
    word = side.words[i]
    end = word.span.end
    if not word.text.isalpha() or side.text[end : end + 1] in ("'", "’", "-", "/", "‑"):
        return False
    if i + 1 == len(side.words) or gap(side, i, i + 1) not in _SPACES:
        return side.text[end : end + 2].lstrip()[:1] not in ("“", '"', "(", "‘")
    behind = side.words[i + 1]
    return behind.is_function and (behind.form not in ADVERBS or behind.form in ("not", "also", "again", "already"))


def _acronym(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """An acronym behind a verb or preposition which the reference always has with "the"."""
    side, theirs = segment.variant, segment.reference
    word, before = side.words[i], side.words[i - 1]
    if not word.is_acronym or gap(side, i - 1, i) not in _SPACES or not before.text.islower():
        return None
    if not (_verbal(before) or before.form in PREPOSITIONS - {"as"} | {"to"}):
        return None
    uses = [at for at, w in enumerate(theirs.words) if w.form == word.form and at and _ends_phrase(theirs, at)]
    same = uses and all(theirs.words[at - 1].form == "the" and theirs.words[at].is_acronym for at in uses)
    return (i, "the") if same else None


def _verbal(word: Word) -> bool:
    """Whether a word is an inflected verb, in whatever use."""
    lemma = ALSO_PAST_OF.get(word.form, word.lemma)
    return not word.is_function and word.form != lemma and "v" in lexicon.parts_of_speech(lemma)


def _bare(side: Side, i: int) -> tuple[int, str] | None:
    """A singular noun behind a preposition that is mostly used in the plural: "from remnant of"."""
    word, before = side.words[i], side.words[i - 1]
    if before.form not in PREPOSITIONS - _PHRASAL or gap(side, i - 1, i) not in _SPACES or not word.text.islower():
        return None
    behind = side.words[i + 1].form if i + 1 < len(side.words) and gap(side, i, i + 1) in _SPACES else ""
    again = i > 1 and side.words[i - 2].form == word.form  # "hour after hour"
    if again or behind in ("to", "by", "after", "and", "or"):
        return None  # "from village to village"
    return (i, "a") if _mostly_plural(word.form) else None


@lru_cache(maxsize=20_000)
def _mostly_plural(form: str) -> bool:
    """Whether a form is a singular noun that is less common than its plural."""
    import wordfreq

    if form in FUNCTION or lexicon.parts_of_speech(form) != {"n"} or is_abstract(form) or form.endswith("ing"):
        return False
    plural = form[:-1] + "ies" if form.endswith("y") and form[-2:-1] not in "aeiou" else form + "s"
    common = wordfreq.zipf_frequency(form, "en")
    return lemma_of(plural) == form and common > 2 and wordfreq.zipf_frequency(plural, "en") > common


def _agent(side: Side, i: int) -> tuple[int, str] | None:
    """A singular noun for a person behind a participle and "by": "led by Islamist"."""
    word = side.words[i]
    if i < 2 or side.words[i - 1].form != "by" or not word.form.endswith(_AGENT) or word.is_acronym:
        return None
    if gap(side, i - 2, i - 1) not in _SPACES or gap(side, i - 1, i) not in _SPACES:
        return None
    if word.is_capitalised and not word.form.endswith("ist"):
        return None  # "led by Alexander"
    parts = lexicon.parts_of_speech(word.form)
    person = word.form == word.lemma and "n" in parts and "v" not in parts and lexicon.hypernym(word.form, "person", 6)
    return (i, "a") if person and is_participle(side.words[i - 2].form) else None


def _indefinite(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """A noun with its adjective which the reference has behind "a", and the variant without a determiner."""
    side, theirs = segment.variant, segment.reference
    word, described = side.words[i], side.words[i - 1]
    if not word.text.islower() or word.form != word.lemma or "n" not in lexicon.parts_of_speech(word.form):
        return None
    if not is_adjective(described.form) or gap(side, i - 1, i) not in _SPACES:
        return None
    there = [at for at, w in enumerate(theirs.words) if w.form == word.form and at and _ends_phrase(theirs, at)]
    if len(there) != 1 or theirs.words[there[0] - 1].form != described.form:
        return None
    start, begin = _start(side, i), _start(theirs, there[0])
    before = side.words[start - 1] if start else None
    if not begin or theirs.words[begin - 1].form not in ("a", "an") or before is None or before.form in _DETERMINERS:
        return None
    if gap(side, start - 1, start).strip() not in ("", "“", '"', "‘"):
        return None
    if start > 1 and side.words[start - 2].form in ARTICLES:
        return None  # "a free personal bag"
    verb = not before.is_function and before.text.islower() and "v" in lexicon.parts_of_speech(before.lemma)
    return (start, "a") if verb and word.form not in _UNCOUNTED else None  # behind a preposition it may be missing


def _other(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """A singular noun behind a bare "other" where the reference has it behind "another"."""
    side, theirs = segment.variant, segment.reference
    word, before = side.words[i], side.words[i - 1]
    if before.form != "other" or not before.text.islower() or i < 2 or gap(side, i - 1, i) not in _SPACES:
        return None
    led = side.words[i - 2]
    free = led.form in PREPOSITIONS | {"to"} or _verbal(led)
    counted = word.text.islower() and word.form == word.lemma and "n" in lexicon.parts_of_speech(word.form)
    due = any(a.form == "another" and b.form == word.form for a, b in pairwise(theirs.words))
    return (i - 1, "an") if free and counted and due and _ends_phrase(side, i) else None


def _object(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """A noun, alone or behind one other, that is the object of the same verb in the reference, there behind "a"."""
    side, theirs = segment.variant, segment.reference
    word = side.words[i]
    if not word.text.islower() or word.form != word.lemma or "n" not in lexicon.parts_of_speech(word.form):
        return None
    for at, other in enumerate(theirs.words):
        if other.form != word.form or at < 2:
            continue
        double = at > 2 and i > 1 and theirs.words[at - 1].form == side.words[i - 1].form
        first, there = (i - 1, at - 1) if double else (i, at)
        if there < 2 or first < 1 or theirs.words[there - 1].form not in ("a", "an"):
            continue
        verb, its = side.words[first - 1], theirs.words[there - 2]
        same = verb.lemma == its.lemma or side.partner[first - 1] == there - 2
        if not same or verb.is_function or verb.lemma in _LIGHT or lexicon.main_part_of_speech(verb.lemma) != "v":
            continue
        plain = all(gap(side, k, k + 1) in _SPACES for k in range(first - 1, i)) and side.words[first].text.islower()
        if plain and word.form not in _UNCOUNTED and _closes(side, i) and verb.text.islower():
            return first, "a"
    return None


def _closes(side: Side, i: int) -> bool:
    """Whether a noun phrase ends with a word: what follows is a function word, a participle or an adverb."""
    if _ends_phrase(side, i):
        return True
    behind = side.words[i + 1] if i + 1 < len(side.words) and gap(side, i, i + 1) in _SPACES else None
    return behind is not None and (is_participle(behind.form) or is_adverb(behind.form))


def _dropped(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """A noun which the reference has behind the same words and "a", where the variant has those words alone."""
    side, theirs = segment.variant, segment.reference
    word = side.words[i]
    counted = word.text.islower() and word.form == word.lemma and lexicon.parts_of_speech(word.form) == {"n"}
    thing = lexicon.hypernym(word.form, "object", 8) and not any(lexicon.hypernym(word.form, m, 8) for m in _MATTER)
    if not counted or is_abstract(word.form) or not thing:
        return None
    for at, other in enumerate(theirs.words):
        if other.form != word.form or not _ends_phrase(theirs, at):
            continue
        k = 1  # words of the phrase
        while k <= min(i, at) and k <= _PHRASE and side.words[i - k].form == theirs.words[at - k].form:
            k += 1
        if not 1 < k <= min(i, at - 1) or theirs.words[at - k].form not in ("a", "an"):
            continue  # a bare noun may stand so: "by train"
        led, ours = theirs.words[at - k - 1], side.words[i - k]
        between = gap(side, i - k, i - k + 1).strip()
        person = between == "," and gap(theirs, at - k - 1, at - k).strip() == ","
        if person or (not between and led.form == ours.form and ours.form in PREPOSITIONS):
            return i - k + 1, "a"
    return None


def _in_place(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """A counted noun behind the preposition that has "a" or "the" and the noun behind it in the reference."""
    side, theirs = segment.variant, segment.reference.words
    word, before = side.words[i], side.words[i - 1]
    if before.form not in PREPOSITIONS - {"as", "per"} or gap(side, i - 1, i) not in _SPACES:
        return None
    if not word.text.islower() or not before.text.islower() or before.form == "without":
        return None
    if not _countable(word.form, _COUNTED["the"]):
        return None
    of = i + 1 < len(side.words) and side.words[i + 1].form == "of" and gap(side, i, i + 1) in _SPACES
    again = i > 1 and side.words[i - 2].form == word.form
    uses = [at for at, w in enumerate(theirs) if w.form == word.form and at > 1]
    if len(uses) != 1 or again:
        return None
    led, article = theirs[uses[0] - 2], theirs[uses[0] - 1]
    behind = [w.form for w in theirs[uses[0] + 1 : uses[0] + 2]]
    if led.form != before.form or article.form not in ARTICLES:
        return None
    if article.form == "the":
        return (i, "the") if of and behind == ["of"] else None  # "in the court", "in court"
    often = _countable(word.form, _COUNTED["a"])
    return (
        (i, "a")
        if often and before.form not in _PHRASAL - {"of", "about", "under", "into", "between", "than"}
        else None
    )


@lru_cache(maxsize=20_000)
def _countable(form: str, rarer: float) -> bool:
    """Whether a form is a singular noun, no abstract one, whose plural is rarer by no more than so much (Zipf)."""
    import wordfreq

    noun = form not in FUNCTION and form == lemma_of(form) and "n" in lexicon.parts_of_speech(form)
    if not noun or is_abstract(form) or form.endswith(("s", "ing")) or form in _UNCOUNTED:
        return False
    plural = form[:-1] + "ies" if form.endswith("y") and form[-2:-1] not in "aeiou" else form + "s"
    common = wordfreq.zipf_frequency(form, "en")
    return lemma_of(plural) == form and common > 2 and wordfreq.zipf_frequency(plural, "en") > common - rarer


def _start(side: Side, i: int) -> int:
    """The index at which the adjectives before a noun begin, "and" between them included."""
    at = i
    while at:
        before = side.words[at - 1]
        joining = before.form == "and" and at > 1 and _describes(side.words[at - 2]) and at < i
        if not (_describes(before) or joining) or gap(side, at - 1, at).strip(" \u00a0-"):
            break
        at -= 1
    return at


def _describes(word: Word) -> bool:
    return word.text.islower() and (is_adjective(word.form) or (is_adverb(word.form) and word.form not in ADVERBS))


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("A friend told the BBC on Friday.", "A friend told ⟦BBC⟧ on Friday."),
        Example("The attacks came from remnants of the army.", "The attacks came from ⟦remnant⟧ of the army."),
        Example("They moved him to another office.", "They moved him to ⟦other office⟧."),
        Example("The bloc would send a mission led by her.", "The bloc would send ⟦mission⟧ led by her."),
        Example("She denied the existence of a report.", "She denied the existence of ⟦report⟧."),
        Example("It was passed by the council of Tarn.", "It was passed by ⟦council⟧ of Tarn."),
        Example("He paid a price for it.", "He paid dearly, at other times too."),
        Example("The force is led by Islamists.", "The force is led by ⟦Islamist⟧, he said."),
        Example(
            "They threaten a “credible and inclusive transition”.",
            "They threaten “⟦credible and inclusive transition⟧”.",
        ),
        Example("He was stopped at an army checkpoint on Sunday.", "He was stopped at ⟦army checkpoint⟧ on Sunday."),
        Example(
            "It was said by Ann Lee, a retired teacher who had waited.",
            "It was said by Ann Lee, ⟦retired teacher⟧ who had waited.",
        ),
        Example("Yesterday reporters of the BBC met a friend.", "Yesterday BBC reporters met a friend."),
        Example("He came by car from one village to the next.", "He came by car from village to village."),
        Example(
            "The fare includes a small personal bag.",
            "The fare includes a little personal bag.",
        ),
    ),
)
