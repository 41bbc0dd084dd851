"""A word of the variant is the opposite of the reference's word in the same place.

Opposites are WordNet's antonyms and a list of converses (buy and sell, before and after); "advised against" is the
opposite of "advised". Nothing is said where one of the two sides also negates ("did not rise" for "fell"), where the
other side has both words or another word for one of them, where the sentence is turned round with the word ("Bolt
bought it from Ash" for "Ash sold it to Bolt"), or of words whose sense depends on where the speaker stands (come and
go).

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evaltool import lexicon
from evaltool._english import ALSO_PAST_OF, NEGATIVE_SENSE, PREPOSITIONS
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, neighbours, sentence
from evaltool.rules._comparison import ranks
from evaltool.rules._polarity import around, denied_near, is_negator, prefixed_opposites
from evaltool.rules._slots import PARTICLES, anchors, aside, between_numbers, turned_round, weighed
from evaltool.words import AlignedSegment, Side, Word

#: Share of the segment's words that must stand in the reference too: where the two words are linked, where what stands
#: on one side of them is, and where converses or small words are concerned, which freer wording turns round.
_LITERAL, _LITERAL_SLOT, _LITERAL_TURNING = 0.35, 0.6, 0.7
#: From this chance on a word stands in the place of the one it was weighed against; it is an alarm in free wording too.
_WEIGHED, _EVIDENT = 0.5, 0.85
#: Their opposites are a matter of degree: see changed-quantifier.
_QUANTIFIERS = frozenset("few some many much little all several none any no every".split())
#: What they are opposites of is told by the word behind them.
_DEGREES = frozenset("more less most least national international".split())
#: Their sense depends on where the speaker stands, or on who is named first.
_POINTING = frozenset("come go bring take here there this that these those now then".split())
#: Who gives and who gets: the same event from the two ends of it.
_CONVERSES = frozenset(
    "buy sell purchase give receive get send take pay lend borrow teach learn win lose beat import export".split()
)
_PASSIVE = frozenset("be is are was were been being get got gets getting".split())
#: Verbs that "against" turns into their opposites.
_AGAINST = frozenset("advise recommend counsel vote rule decide argue campaign speak lobby".split())
_NEAR = 6
_NO_SUBJECT = frozenset("neither none nobody".split())
#: With these "if" and "unless" change places: "refuses to pay unless", "will only pay if".
_HELD_BACK = frozenset("unable incapable only refuse decline fail reject oppose block halt stop prevent avoid".split())
_MARKS, _BEHIND = ",;:()—–", 4  # between clauses; words behind a word among which its complement stands
#: Where the first word has another sense than its own.
_SET = frozenset([("short", "of"), ("far", "from"), ("far", "as"), ("long", "as"), ("early", "as"), ("late", "as")])
#: They say of the same thing that it goes far back, that it is of today, or where it is.
_SAME_END = (frozenset(["old", "early"]), frozenset(["new", "late"]), frozenset(["stand", "lie", "sit"]))


def _with_opposites(word: Word) -> tuple[str, ...]:
    """The lemmas that a word can be of, as far as anything is their opposite."""
    return tuple(lemma for lemma in sorted(_lemmas(word)) if lexicon.has_opposites(lemma))


def _opposed(own: Iterable[str], others: Iterable[str]) -> bool:
    return any(_opposites(a, b) and not _noun_and_verb(a, b) for a in own for b in others)


def _noun_and_verb(a: str, b: str) -> bool:
    """Whether one is only a noun and the other only a verb ("the rest of your life", "before you die")."""
    return (_only(a, "n") and _only(b, "v")) or (_only(a, "v") and _only(b, "n"))


def _opposites(a: str, b: str) -> bool:
    """Whether two words are opposites themselves, not only words derived from them; adjectives also by a satellite."""
    if lexicon.direct_antonyms(a, b):
        return True
    return "a" in lexicon.parts_of_speech(a) & lexicon.parts_of_speech(b) and lexicon.antonyms(a, b)


def _inflected(word: Word, other: Word) -> bool:
    """Whether an inflected form has but its base form for an opposite of the other: "presented", "emerging"."""
    inflected = any(w.form != w.lemma and w.form.endswith(("ed", "ing", "er", "est")) for w in (word, other))
    if not inflected or lexicon.antonyms(word.form, other.form):
        return False
    return not any(lexicon.direct_antonyms(a, b) for a in _lemmas(word) for b in _lemmas(other))


def _only(lemma: str, pos: str) -> bool:
    return lexicon.main_part_of_speech(lemma) == pos and not {"n", "v"} - {pos} & lexicon.parts_of_speech(lemma)


def _lemmas(word: Word) -> set[str]:
    return {word.lemma, word.form, ALSO_PAST_OF.get(word.form, word.lemma)}


def _said_otherwise(side: Side, index: int, word: Word) -> bool:
    """Whether near a place of a side some word means much the same as a word of the other side."""
    return any(
        k != index and side.words[k].is_content and lexicon.related(side.words[k].lemma, word.lemma) >= 0.5
        for k in around(side, index, _NEAR)
    )


def _denied(segment: AlignedSegment, index: int, *, of_variant: bool) -> bool:
    """Whether something near a word turns its sense round."""
    side = segment.variant if of_variant else segment.reference
    close = side.words[max(0, index - 3) : index]
    first = sentence(side, index, ";:")[0]
    return (
        side.words[first].form in ("not", "no")  # "Not all of it was found"
        or any(w.form in _NO_SUBJECT for w in side.words[first:index])  # "neither Ash nor his two brothers was hurt"
        or denied_near(segment, index, of_variant=of_variant, reach=4)
        or any(is_negator(w) or w.form == "non" for w in close)
        or any(w.form in ("less", "least") for w in close[-1:])  # "less easy" for "harder"
        or any(w.lemma in NEGATIVE_SENSE and w.form != "too" for w in close)
    )


def _denied_otherwise(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether one of two words is denied and the other is not.

    Behind the same preposition what denies the verb does not count: "called off at dusk" does not deny the dusk.
    """
    sides = ((segment.variant, i), (segment.reference, j))
    negated = [any(is_negator(w) for w in side.words[max(0, k - 3) : k]) for side, k in sides]
    if negated[0] != negated[1] and prefixed_opposites(segment.variant.words[i], segment.reference.words[j]):
        return True  # "not known", "unknown"
    before = [side.words[k - 1].form if k else "" for side, k in sides]
    if negated[0] != negated[1] and any(form in ("not", "never") or form.endswith("n't") for form in before):
        return True  # "did not forget", "remembered"
    if before[0] == before[1] and before[0] in PREPOSITIONS:
        return negated[0] != negated[1]
    return _denied(segment, i, of_variant=True) != _denied(segment, j, of_variant=False)


def _excluded(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether the two words are of a kind that legitimate wording exchanges."""
    ours, theirs = segment.variant, segment.reference
    word, other = ours.words[i], theirs.words[j]
    literal = segment.literalness
    pair = {word.lemma, other.lemma, word.form, other.form}
    if word.form in _DEGREES or other.form in _DEGREES:
        after = [side.words[k + 1] if k + 1 < len(side.words) else None for side, k in ((ours, i), (theirs, j))]
        return after[0] is None or after[1] is None or after[0].form == "than" or after[0].lemma != after[1].lemma
    if aside(segment, i, j) or pair & _POINTING or any(_compound(side, k) for side, k in ((ours, i), (theirs, j))):
        return True
    if {"day", "night"} <= pair and any(
        k + 1 < len(side.words) and side.words[k + 1].form in ("before", "after")
        for side, k in ((ours, i), (theirs, j))
    ):
        return True  # "the night before"
    if ("never" in pair and ranks(ours) and ranks(theirs)) or ("left" in pair and pair & {"remain", "stay"}):
        return True  # "has never paid more", "the most it ever paid"; "what is left"
    if any(len(pair & end) > 1 for end in _SAME_END) or between_numbers(ours, i) or between_numbers(theirs, j):
        return True
    if _complements_apart(segment, i, j) or (_beside_opposite(ours, i) and _beside_opposite(theirs, j)):
        return True
    if {"before", "after"} <= pair and _sides_exchanged(segment, i, j):
        return True
    if word.form in PARTICLES or other.form in PARTICLES:
        before = [side.words[k - 1].lemma if k else "" for side, k in ((ours, i), (theirs, j))]
        return literal < _LITERAL_TURNING or before[0] != before[1]
    if pair & _CONVERSES:
        passive = [
            any(w.form in _PASSIVE for w in side.words[max(0, k - 2) : k]) for side, k in ((ours, i), (theirs, j))
        ]
        return literal < _LITERAL_TURNING or passive[0] != passive[1] or not _in_frame(segment, i, j)
    if {"before", "after"} <= pair and "only" in ours.forms | theirs.forms:
        return True  # "only after"
    if {"unless", "if"} <= pair:
        return not _same_condition(segment, i, j)
    if word.is_function and literal < _LITERAL_TURNING:
        return True  # "before" and "after" turn round with the clause in freer wording
    close = [*ours.words[max(0, i - 3) : i], *theirs.words[max(0, j - 3) : j]]
    return pair & {"old", "young"} != set() and any(w.is_number or w.lemma == "year" for w in close)


def _same_condition(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether the same is said behind "if" and "unless", and neither the condition nor what hangs on it is denied."""
    ours, theirs = segment.variant, segment.reference
    if any(at and side.words[at - 1].form == "even" for side, at in ((ours, i), (theirs, j))):
        return True  # "not even if" never says what "not unless" does
    for side, at in ((ours, i), (theirs, j)):
        first, last = sentence(side, at, ";")
        if at and side.words[at - 1].form == "only":
            return False
        if any(is_negator(w) or w.lemma in _HELD_BACK for w in side.words[first : last + 1]):
            return False
    behind = [p for k in range(i + 1, min(i + 1 + _BEHIND, len(ours.words))) if (p := ours.partner[k]) is not None]
    return any(j < p <= j + _BEHIND for p in behind)


def _complement(side: Side, index: int) -> int | None:
    """The first content word or number behind a word, in its clause and near."""
    last = min(sentence(side, index, _MARKS)[1], index + _BEHIND)
    return next((k for k in range(index + 1, last + 1) if side.words[k].is_content or side.words[k].is_number), None)


def _complements_apart(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether what follows each of two words is linked into a clause that the other one does not stand in."""
    ours, theirs = segment.variant, segment.reference
    own, other = _complement(ours, i), _complement(theirs, j)
    there = None if own is None else ours.partner[own]
    here = None if other is None else theirs.partner[other]
    if there is None or here is None:
        return False
    return sentence(theirs, there, _MARKS) != sentence(theirs, j, _MARKS) and (
        sentence(ours, here, _MARKS) != sentence(ours, i, _MARKS)
    )


def _beside_opposite(side: Side, index: int) -> bool:
    """Whether the opposite of a word stands beside it: "past and present"."""
    own = _with_opposites(side.words[index])
    near = range(max(0, index - 2), min(len(side.words), index + 3))
    return any(k != index and _opposed(own, _with_opposites(side.words[k])) for k in near)


def _sides_exchanged(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether what follows "before" or "after" on one side stands before it on the other: A after B, B before A."""
    ours, theirs = segment.variant, segment.reference
    own, other = _complement(ours, i), _complement(theirs, j)
    there = None if own is None else ours.partner[own]
    here = None if other is None else theirs.partner[other]
    return (there is not None and there < j) or (here is not None and here < i)


def _in_frame(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether two words are anchored on both sides, or linked and the two words before are the same ("agreed to")."""
    before = [
        [w.lemma for w in side.words[max(0, k - 2) : k]] for side, k in ((segment.variant, i), (segment.reference, j))
    ]
    literal = len(before[0]) > 1 and before[0] == before[1]
    return all(anchors(segment, i, j)) or (literal and segment.variant.partner[i] == j)


def _compound(side: Side, index: int) -> bool:
    """Whether the word makes its opposite with a neighbour, or a set phrase: "with no experience", "short of"."""
    before = side.words[index - 1].form if index else ""
    after = side.words[index + 1].form if index + 1 < len(side.words) else ""
    if (side.words[index].form, after) in _SET or (before, side.words[index].form) == ("so", "far"):
        return True
    return before == "non" or (side.words[index].form == "with" and after in ("no", "little", "few", "nothing", "zero"))


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each word that stands for its opposite."""
    if segment.kind is not Kind.MATCH or segment.literalness < _LITERAL:
        return
    ours, theirs = segment.variant, segment.reference
    yield from _against(segment)
    others = [
        (j, w, lemmas)
        for j, w in enumerate(theirs.words)
        if w.form not in _QUANTIFIERS and not _shared(w, ours, theirs) and (lemmas := _with_opposites(w))
    ]
    for i, word in enumerate(ours.words):
        if word.is_number or word.is_sign or word.form in _QUANTIFIERS or _shared(word, theirs, ours):
            continue
        own = _with_opposites(word) if others else None
        for j, other, lemmas in others if own else ():
            if word.lemma == other.lemma or not _opposed(own or (), lemmas):
                continue
            if (
                _inflected(word, other)
                or not _in_place(segment, i, j)
                or _excluded(segment, i, j)
                or turned_round(segment, i, j)
            ):
                continue
            condition = {word.form, other.form} == {"if", "unless"}  # what denies has been looked at
            if not condition and _denied_otherwise(segment, i, j):
                continue
            if _said_otherwise(theirs, j, word) or _said_otherwise(ours, i, other) or asks(ours, i) != asks(theirs, j):
                continue
            yield Hit(
                Severity.CRITICAL,
                f"The reference says “{other.text}”; here it is the opposite, “{word.text}”.",
                variant_span=word.span,
                reference_span=other.span,
                suggestion=other.text,
                evidence={"opposite of": other.lemma, "literalness of the segment": round(segment.literalness, 2)},
                confidence=0.85,
                evident=weighed(segment, i, j) >= _EVIDENT,
            )
            break


def _shared(word: Word, side: Side, other: Side) -> bool:
    """Whether a word of the other side stands on a side too; "older than" is another word than the "old" beside it."""
    if word.form in side.forms:
        return True
    compared = word.form.endswith("er") and (word.form, "than") in neighbours(other)
    return word.lemma in side.lemmas and not compared


def _in_place(segment: AlignedSegment, i: int, j: int) -> bool:
    """Whether two words stand in the same place: linked, or not linked elsewhere and with linked neighbours."""
    left, right = anchors(segment, i, j)
    if {segment.variant.words[i].form, segment.reference.words[j].form} == {"if", "unless"}:
        return right
    if segment.variant.partner[i] == j:
        return left or right
    free = segment.variant.partner[i] is None and segment.reference.partner[j] is None
    if weighed(segment, i, j) >= _WEIGHED or (free and left and right):
        return True
    if segment.literalness < _LITERAL_SLOT:
        return False
    return (left and right) or (free and (left or right) and segment.variant.words[i].is_content)


def _favour(side: Side, verb: int) -> int:
    """Index of the last word of a verb with what it says for: "voted for", "voted in favour"."""
    behind = [w.form for w in side.words[verb + 1 : verb + 3]]
    if behind[:1] == ["for"]:
        return verb + 1
    return verb + 2 if behind in (["in", "favour"], ["in", "favor"]) else verb


def _against(segment: AlignedSegment) -> Iterator[Hit]:
    """Verbs with "against" on one side, and the same or a like verb without it on the other."""
    for side, other, of_variant in (
        (segment.variant, segment.reference, True),
        (segment.reference, segment.variant, False),
    ):
        if "against" in other.forms:
            continue
        for k, word in enumerate(side.words[:-1]):
            if side.words[k + 1].form != "against" or word.lemma not in _AGAINST:
                continue
            for n, like in enumerate(other.words):
                index, place = (k, n) if of_variant else (n, k)
                near = side.partner[k] == n or all(anchors(segment, index, place))
                alike = like.lemma in _AGAINST or lexicon.related(word.lemma, like.lemma) >= 0.5
                if not near or not alike or _denied(segment, index, of_variant=True):
                    continue
                whole = Span(word.span.start, side.words[k + 1].span.end)
                there = Span(like.span.start, other.words[_favour(other, n)].span.end)
                spans = (whole, there) if of_variant else (there, whole)
                said, meant = (
                    span.of(s.text) for span, s in zip(spans, (segment.variant, segment.reference), strict=True)
                )
                yield Hit(
                    Severity.CRITICAL,
                    f"The reference says “{meant}”; here it is “{said}”, the opposite.",
                    *spans,
                    evidence={"verb": word.lemma},
                    confidence=0.85,
                )
                break


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    wording=True,
    languages=ENGLISH,
    examples=(
        Example("Prices rose sharply in the spring.", "Prices ⟦fell⟧ sharply in the spring."),
        Example("The company sold its oldest ship.", "The company ⟦bought⟧ its oldest ship."),
        Example("The clerk had advised against the move.", "The clerk had ⟦recommended⟧ the move."),
        Example("They will strike unless the offer is improved.", "They will strike ⟦if⟧ the offer is improved."),
        Example(
            "The group threatened to pull out of the truce unless those responsible were named.",
            "The group threatened to withdraw from the ceasefire ⟦if⟧ those responsible were named.",
        ),
        Example(
            "The old beams may be reused, so the roof could be younger than the wood.",
            "The old beams may be reused, so the roof could be ⟦older⟧ than the wood.",
        ),
        Example("Among those voting against was Ann Lee.", "Among those who ⟦voted in favour⟧ was Ann Lee."),
        Example("He would pay only if the court said so.", "He would not pay unless the court said so."),
        Example("The search was called off at dusk on Sunday.", "The search was suspended at ⟦dawn⟧ on Sunday."),
        Example("The number of the missing is not known.", "The number of missing people is unknown."),
        Example("The shop will open only after the inspection.", "The shop will not open before the inspection."),
        Example("Prices rose sharply in the spring.", "Prices climbed sharply in the spring."),
        Example("Ash sold the mill to Bolt.", "Bolt bought the mill from Ash."),
        Example("We will come to the concert in May.", "We will go to the concert in May."),
        Example("One in five trains will run.", "One out of five trains will run."),
        Example("They stopped short of blaming the mayor.", "They did not go so far as to blame the mayor."),
        Example("It holds data on current and former members.", "It holds data on present and past members."),
        Example("The company reported it four days after the fire.", "The fire broke out four days before the report."),
        Example(
            "Shares, which had lost 17% since May, rose 2.4% after the meeting.",
            "Shares gained 2.4% after the meeting; since May they had fallen by 17%.",
        ),
        Example("The board accepted the plan.", "The board did not refuse the plan."),
        Example("That makes it harder to order a ship.", "That makes it less easy to order a ship."),
        Example(
            "Charges were filed against 40 of them.",
            "Cases were filed for 40 of them.",
        ),
        Example(
            "She does not forget what the coach told her.",
            "She remembers what the coach told her.",
        ),
        Example(
            "The flaws emerging from the report are grave.",
            "The flaws presented in the report are grave.",
        ),
    ),
)
