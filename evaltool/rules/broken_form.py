"""A word has a form or stands in a place that the sentence does not allow.

The learned judge of words finds it: a verb in the wrong form or tense, a noun where an adjective belongs, two words
in the wrong order, an article or a preposition that does not fit. A doubtful preposition counts where the reference has
another one behind the same word or before it.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool import lexicon
from evaltool._english import ADVERBS, ALSO_PAST_OF, ARTICLES, AUXILIARIES, CONJUNCTIONS, FUNCTION, PREPOSITIONS
from evaltool.model import Kind, Profile, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._numbers import bounded_words
from evaltool.rules._parts import REFLEXIVE, SAME_PARTICIPLE, is_adjective, is_noun, is_participle
from evaltool.rules._verbs import groups
from evaltool.words import AlignedSegment, Side, Word

_SURE, _CERTAIN = 0.72, 0.8
#: From here on a word that the reference has too is in a wrong place, whatever stands beside it.
_MISPLACED = 0.9
#: For a preposition where the reference has another one behind the same word and before the same word, or one of both.
_BETWEEN, _NEXT_TO = 0.35, 0.45
#: A word that the reference has in the same form stands in a wrong place only if a word beside it does too.
_BESIDE = 0.4
_SUBJECT, _PHRASE = 3, 2  # words before an auxiliary, before any other word, that ask for its form
_PREPOSITIONS = PREPOSITIONS | {"to", "like", "unlike", "due"}
_HAVING, _BEING = frozenset("have has had".split()), frozenset("is are was were been being be".split())
_SUBJECTS, _OBJECTS = frozenset("i he she it we they".split()), frozenset("me him her us them".split())
_LEADING = ARTICLES | frozenset("my your his her its our their this these those some any all both".split())
_CLEFT = frozenset(["who", "that"])
_DEGREES = ({"better", "best"}, {"more", "most"}, {"less", "least"})
_JOINING = frozenset("and or but then also".split())  # "to the king and then to his son"
_SAYING = frozenset("said says added asked wrote explained replied warned".split())
_DO = frozenset("do does did done".split())
_LATER = frozenset("since before after above below inside outside".split())
_COMPASS = frozenset("north south east west northeast northwest southeast southwest".split())
#: Prepositions that seldom stand for another one, and those that they may stand for.
_SELDOM = {
    "out": "",
    "up": "",
    "down": "",
    "due": "",
    "unlike": "",
    "off": "from",
    "via": "by through on over from using",
    "over": "for about on in during above by more",
    "about": "of on for to over with around",
}
_NEAR = 0.6  # likewise, of words with different stems
_SAME = 0.8  # closeness in WordNet of two words for the same thing
#: Another tense of these is for changed-tense to weigh: in reported speech it is often right.
_TENSES = ({"is", "was"}, {"are", "were"}, {"has", "had"}, {"have", "had"}, {"will", "would"}, {"can", "could"})


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield the words that do not fit, neighbours together."""
    judged = segment.judgement
    if judged is None or segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    words = segment.variant.words
    bounds = bounded_words(segment.variant)  # "as many as 210,000" for "up to 210,000"
    found = [
        i
        for i in range(len(words))
        if i not in bounds and not _share(segment.variant, i)
        if (judged.form[i] >= _SURE and _suspect(segment, i)) or _other_preposition(segment, i, judged.form[i])
    ]
    for at, i in enumerate(found):
        if at and found[at - 1] == i - 1:
            continue
        last = i
        while last + 1 in found:
            last += 1
        span = Span(words[i].span.start, words[last].span.end)
        partner = segment.variant.partner[i]
        other = segment.reference.words[partner] if partner is not None else None
        said = f"; the reference has “{other.text}”." if other is not None and other.form != words[i].form else "."
        yield Hit(
            Severity.MINOR,
            f"“{span.of(segment.variant.text)}” does not fit here{said}",
            variant_span=span,
            reference_span=other.span if other is not None else None,
            evidence={"judged of wrong form or place": round(max(judged.form[i : last + 1]), 2)},
            confidence=round(max(judged.form[i : last + 1]), 2),
        )


def _suspect(segment: AlignedSegment, i: int) -> bool:
    """Whether a word can be wrong by its form or place, as far as can be seen."""
    words, theirs = segment.variant.words, segment.reference
    word, judged = words[i], segment.judgement
    if word.is_number or word.is_sign or judged is None:
        return False
    partner = segment.variant.partner[i]
    if partner is not None and {word.form, theirs.words[partner].form} in _TENSES:
        return False
    other = theirs.words[partner] if partner is not None else None
    if _fits(segment, i, other):
        return False
    if partner is not None and other is not None and other.lemma == word.lemma and other.form != word.form:
        return _impossible(segment, i, partner)
    if judged.form[i] < _CERTAIN or (other is not None and _synonym(word, other)):
        return False
    if word.form not in theirs.forms:
        return True
    near = {words[k].form for k in (i - 1, i, i + 1) if 0 <= k < len(words)}
    if judged.form[i] >= _MISPLACED and not near & AUXILIARIES:
        return True  # but not "had had", "he probably has"
    # The same word elsewhere: adverbs move freely, and so does anything that has not changed places with its neighbour.
    beside = [k for k in (i - 1, i + 1) if 0 <= k < len(words) and judged.form[k] >= _BESIDE]
    return bool(beside) and not any(_is_adverb(words[k]) for k in (i, *beside))


def _fits(segment: AlignedSegment, i: int, other: Word | None) -> bool:
    """Whether the words beside a word show that it has a form and a place that English allows."""
    words = segment.variant.words
    word = words[i]
    before, behind = (words[k] if 0 <= k < len(words) else None for k in (i - 1, i + 1))
    if {word.form, other.form if other else ""} in _DEGREES:
        return True
    if word.form in _OBJECTS and before is not None and before.form in _BEING and behind and behind.form in _CLEFT:
        return True  # "it was us who"
    if word.is_content and _noun_in_place(segment, i, other):
        return True
    if _told_by_adverb(segment, i) or _adverbial(segment, i):
        return True
    if word.is_capitalised and before is not None and before.form in _SAYING and word.form in segment.reference.forms:
        return True  # "said Weber" for "Weber said"
    if word.form in REFLEXIVE and word.form in segment.reference.forms:
        return True  # "they themselves had", "they had themselves"
    if word.text == "I" and before is not None and before.is_capitalised:
        return True  # "World War I"
    if word.form == "had" and before is not None and before.form == "had":
        return True  # "had had the work finished"
    ended = behind is None or not gap(segment.variant, i, i + 1).isspace()
    return (ended and word.form in _LATER) or _before_what_follows(segment, i)  # "have retired since"


def _before_what_follows(segment: AlignedSegment, i: int) -> bool:
    """Whether the word behind a word shows that it fits."""
    words = segment.variant.words
    if i + 1 == len(words):
        return False
    word, before, behind = words[i], words[i - 1] if i else None, words[i + 1]
    if behind.form in _PREPOSITIONS and _before_bound(segment.variant, i + 2):
        return True  # "children of under ten"
    if word.form in _SUBJECTS and any(g.start == i + 1 and g.certain for g in groups(segment.variant)):
        return before is None or before.form in CONJUNCTIONS or before.form not in PREPOSITIONS | AUXILIARIES
    if _attributive(segment, i):
        return True
    if word.form in _BEING and before is not None and before.form in _DO:
        return True  # "all he had done was sell it"
    if word.form in _HAVING | _BEING and (behind.form == "been" or is_participle(behind.form)):
        return True  # "has been reserved"
    if word.form in _PREPOSITIONS:
        if _before_bound(segment.variant, i + 1):
            return True
        if before is not None and behind.form in _JOINING and _verbal(before):
            return True  # "the cars they left in and lost"
        joined = before is not None and before.form in _JOINING and any(w.form == word.form for w in words[:i])
        sky = i + 2 < len(words) and behind.form == "the" and words[i + 2].form in _COMPASS
        return joined or sky or (word.form == "about" and behind.is_number)
    return False


def _attributive(segment: AlignedSegment, i: int) -> bool:
    """Whether a participle stands before the noun that the reference has before it: "the set date", "the date set"."""
    side, theirs = segment.variant, segment.reference
    word, j = side.words[i], side.partner[i]
    participle = is_participle(word.form) or word.form in SAME_PARTICIPLE
    return participle and bool(j) and side.words[i + 1].form == theirs.words[(j or 0) - 1].form


def _share(side: Side, i: int) -> bool:
    """Whether a word is the "out" of "ten out of 12"."""
    behind = side.words[i + 1 : i + 3]
    return side.words[i].form == "out" and len(behind) > 1 and behind[0].form == "of" and behind[1].is_number


def _before_bound(side: Side, i: int) -> bool:
    """Whether a quantity begins with a bound at an index: "of under ten", "from nearly half"."""
    return i in bounded_words(side) and not side.words[i].is_number


def _verbal(word: Word) -> bool:
    """Whether a word is used as a verb more than as anything else."""
    return lexicon.main_part_of_speech(ALSO_PAST_OF.get(word.form, word.lemma)) == "v"


def _noun_in_place(segment: AlignedSegment, i: int, other: Word | None) -> bool:
    """Whether a noun or name stands behind what leads to it: "an olive grower with", "of his supporters"."""
    words = segment.variant.words
    word, before = words[i], words[i - 1] if i else None
    behind = words[i + 1] if i + 1 < len(words) else None
    if not (is_noun(word.form) or word.is_capitalised) or before is None:
        return False
    if is_adjective(before.form) and is_noun(word.form) and gap(segment.variant, i - 1, i) == " ":
        # "was not complete protection": nothing but a noun ends a phrase there.
        ended = behind is None or behind.is_function or not gap(segment.variant, i, i + 1).isspace()
        if ended and (other is None or other.lemma != word.lemma):
            return True
    if before.form in _LEADING | {"no"} and is_noun(word.form) and (other is None or other.form != word.form):
        # "had no permission to": a noun ends its phrase there.
        return behind is None or behind.is_function or not gap(segment.variant, i, i + 1).isspace()
    if segment.profile is Profile.TRANSLATION:
        return False
    leads = before.form in _LEADING or before.text.replace("’", "'").endswith(("'s", "s'")) or is_noun(before.form)
    arming = word.is_capitalised and not before.is_function  # "has long accused Ubanda of"
    return (leads or arming) and (behind is None or behind.is_function or not is_noun(behind.form))


def _adverbial(segment: AlignedSegment, i: int) -> bool:
    """Whether "in" and an adjective say what the reference says with its adverb: "in private" for "privately"."""
    words = segment.variant.words
    at = i if words[i].form != "in" else i + 1
    if not 0 < at < len(words) or words[at - 1].form != "in" or "a" not in lexicon.parts_of_speech(words[at].form):
        return False
    form = words[at].form
    return bool({form + "ly", form + "y", form[:-1] + "ily", form[:-1] + "y"} & segment.reference.forms)


def _told_by_adverb(segment: AlignedSegment, i: int) -> bool:
    """Whether a word is an adverb that ends its phrase and says what a noun says in the reference ("monthly")."""
    word, side = segment.variant.words[i], segment.variant
    if not {"a", "r"} <= lexicon.parts_of_speech(word.form):
        return False
    ended = i + 1 == len(side.words) or not gap(side, i, i + 1).isspace()
    ended = ended or side.words[i + 1].form in PREPOSITIONS
    return ended and i > 0 and gap(side, i - 1, i).isspace() and side.words[i - 1].is_content


def _other_preposition(segment: AlignedSegment, i: int, judged: float) -> bool:
    """Whether a doubtful preposition stands where the reference has another one."""
    words, theirs = segment.variant.words, segment.reference.words
    if judged < _BETWEEN or words[i].form not in _SELDOM or not 0 < i < len(words) - 1:
        return False
    before, behind = words[i - 1].form, _object(words, i)
    behind_same = {b.form for a, b in pairwise(theirs) if a.form == before and before not in FUNCTION} & _PREPOSITIONS
    before_same = {
        w.form for k, w in enumerate(theirs[:-1]) if w.form in _PREPOSITIONS and behind and _object(theirs, k) == behind
    }
    free = {words[i].form, *_SELDOM[words[i].form].split()}
    same = [found for found in (behind_same, before_same) if found and not found & free]
    return judged >= {0: 2.0, 1: _NEXT_TO, 2: _BETWEEN}[len(same)]


def _object(words: tuple[Word, ...], i: int) -> str:
    """The content word behind a preposition, an article between them left out, or ""."""
    at = i + 2 if i + 2 < len(words) and words[i + 1].form in ARTICLES else i + 1
    return "" if words[at].is_function else words[at].form


def _impossible(segment: AlignedSegment, i: int, partner: int) -> bool:
    """Whether another form of the reference's word cannot be a good rendering of it.

    Plurals and tenses may well be others. A form can be told to be wrong where the words before it are the same as in
    the reference, so that they ask for the same form.
    """
    word, other = segment.variant.words[i], segment.reference.words[partner]
    led = i > 0 and segment.variant.words[i - 1].form in AUXILIARIES | {"to"}
    if not led and word.lemma in (word.form, other.form) and (word.form.endswith("s") or other.form.endswith("s")):
        return False  # plurals, and verbs of another subject: "the fates become", "the fate becomes"
    previous = segment.reference.words[partner - 1].form if partner else ""
    if previous == "to" == segment.variant.words[i - 1].form and other.form == other.lemma:
        return True  # "to suffering" for "to suffer"
    reach = _SUBJECT if word.form in AUXILIARIES else _PHRASE
    before = [
        [w.form for w in side[max(0, at - reach) : at]]
        for side, at in ((segment.variant.words, i), (segment.reference.words, partner))
    ]
    if before[0] != before[1] or _other_subject(segment, i):
        return False  # "tensions are" for "demand is", "bombs work" for "the bomb works"
    return led or not (_past(word) ^ _past(other))


def _past(word: Word) -> bool:
    """Whether a form of a verb is past, as far as its ending tells."""
    return word.form != word.lemma and not word.form.endswith(("s", "ing"))


def _synonym(word: Word, other: Word) -> bool:
    """Whether another word for the same stands there, which can be of the same part of speech."""
    pos = lexicon.main_part_of_speech(word.lemma)
    same = pos is not None and pos == lexicon.main_part_of_speech(other.lemma)
    near = lexicon.related(word.lemma, other.lemma) if word.lemma != other.lemma else 0.0
    if same and near >= _SAME:
        return True
    # Another stem: it is no wrong form of the reference's word ("yearly" for "annual").
    shared = lexicon.parts_of_speech(word.form) & lexicon.parts_of_speech(other.form)
    return bool(shared) and word.form[:3] != other.form[:3] and near >= _NEAR


def _other_subject(segment: AlignedSegment, i: int) -> bool:
    """Whether the noun before a word is in another number than its partner."""
    words, theirs = segment.variant.words, segment.reference.words
    for k in range(i - 1, max(-1, i - 6), -1):
        partner = segment.variant.partner[k]
        if words[k].is_content and partner is not None and "n" in lexicon.parts_of_speech(words[k].lemma):
            return words[k].lemma == theirs[partner].lemma and words[k].form != theirs[partner].form
    return False


def _is_adverb(word: Word) -> bool:
    return word.form in ADVERBS or lexicon.main_part_of_speech(word.lemma) == "r"


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    wording=True,
    literal=True,
    languages=ENGLISH,
    judged=True,
    examples=(
        Example(
            "The council decided on Monday that the bridge would reopen in May.",
            "The council decided on Monday that the bridge would ⟦reopening⟧ in May.",
        ),
        Example("It must close by the date set in June.", "It must close by the set date in June."),
        Example("Its annual profit fell.", "Its yearly profit fell."),
        Example("Ministers have privately warned of cuts.", "Ministers have warned in private of cuts."),
        Example("They counted two children under ten.", "They counted two children of under ten."),
        Example(
            "The council decided on Monday that the bridge would reopen in May.",
            "On Monday the council decided that the bridge will reopen in May.",
        ),
    ),
)
