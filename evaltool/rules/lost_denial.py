"""What somebody denies, refuses or fails to do in one text is so, or is done, in the other.

Two cases. A verb stands behind words that keep it from happening ("refused to condemn", "failed to pay", "warned
against paying") on one side, and on the other it is plainly done ("condemned"). Or the reference has somebody deny,
dispute or reject what is said, or has rumours without foundation, and the variant says it as a fact or makes it the
denier's own statement. Nothing is said where the other side denies anything in that sentence, doubts it or asks, nor
where the variant gives it as somebody else's claim.

Severity: critical.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool._english import ARTICLES
from evaltool.model import Kind, Role, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._attribution import Kind as Distance
from evaltool.rules._attribution import distanced, marks, quoted
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import asks, sentence
from evaltool.rules._polarity import is_adverb, is_denial, is_negator, keeps_from
from evaltool.rules._verbs import Tense, groups, verb_lemma
from evaltool.words import AlignedSegment, Side

#: With "to" these say that something is not done.
_UNDONE = frozenset("refuse decline fail neglect omit unable unwilling reluctant".split())
_REFUSING = frozenset("refuse decline unwilling reluctant".split())
_READY = frozenset("prepared willing ready happy keen eager content agreed".split())
#: "refused to leave unless they were paid" is "ready to leave if they are paid".
_TERMS = frozenset("unless until without before".split())
#: With "against" and a verb these say that it should not be done.
_WARNING = frozenset("warn caution advise counsel recommend decide vote rule".split())
#: With "from" and a verb these say that it is not done.
_ABSTAINING = frozenset("refrain abstain desist shrink".split())
_DENYING = frozenset("deny dispute reject refute rebut dismiss contradict".split())
_CLAIMS = frozenset(
    "claim allegation report accusation rumour rumor suggestion charge assertion speculation statement".split()
)
_FALSE = frozenset(
    "false untrue baseless groundless unfounded foundation fiction invented nonsense wrong fabricated".split()
)
#: Words that leave open what they stand with.
_OPEN = frozenset(
    """
    if whether may might could would should can unless until before alleged allegedly allege accuse claim rumour rumor
    suspect question doubt possible possibly likely perhaps plan want intend threaten hope promise agree expect
    """.split()
)
#: With these only a part is done: "refunded less than half", "half has yet to be refunded".
_PARTLY = frozenset("less half part parts partly partially some most far quarter third thirds only but except".split())
_MARKS = ",;:()–—"
_FEWEST, _LINKED = 3, 0.6  # content words of what is denied, and the share of them that must be linked
_REACH = 16
_BEFORE = 7


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield what is denied or undone on one side alone."""
    if segment.kind is not Kind.MATCH or segment.role is not Role.BODY:
        return
    for of_variant in (False, True):
        hit = next(_done(segment, of_variant=of_variant), None) or next(_ready(segment, of_variant=of_variant), None)
        if hit:
            yield hit
            return
    yield from _stated(segment)


def _undone(side: Side) -> Iterator[tuple[int, int]]:
    """(first word, verb) of what is refused, not managed or warned against."""
    words = side.words
    for at, word in enumerate(words[:-2]):
        after = words[at + 1].form
        kept = (
            (after == "to" and (word.lemma in _UNDONE or word.form == "yet"))
            or (after == "against" and word.lemma in _WARNING)
            or (after == "from" and word.lemma in _ABSTAINING)
        )
        if not kept or any(is_negator(w) for w in words[max(0, at - 3) : at]):
            continue
        for verb in range(at + 2, min(at + 4, len(words))):
            if not is_adverb(words[verb]) and words[verb].form != "be":
                gerund = after == "to" or words[verb].form.endswith("ing")
                if words[verb].is_content and gerund:
                    yield at, verb
                break


def _done(segment: AlignedSegment, *, of_variant: bool) -> Iterator[Hit]:
    """Verbs that are kept from happening on one side and happen on the other."""
    side, other = (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)
    for at, verb in _undone(side):
        lemma = verb_lemma(side.words[verb])
        if sum(verb_lemma(w) == lemma for w in side.words) != 1 or asks(side, at):
            continue
        same = [k for k, w in enumerate(other.words) if verb_lemma(w) == lemma]
        if len(same) != 1 or (start := _finite(other, same[0])) is None:
            continue
        first, last = _clause(other, same[0])
        start_of, end_of = sentence(side, at)
        near = [*other.words[first : last + 1], *side.words[start_of : end_of + 1]]
        partly = side.words[at].form == "yet" and any(w.form in _PARTLY for w in near)
        if (
            partly
            or _denies(other, side, first, last, same[0])
            or asks(other, first)
            or not _alike(segment, verb, same[0], of_variant)
        ):
            continue
        here = Span(side.words[at].span.start, side.words[verb].span.end)
        there = Span(other.words[start].span.start, other.words[same[0]].span.end)
        said, meant = (here, there) if of_variant else (there, here)
        yield _hit(segment, said, meant, "undone" if of_variant else "done")


def _ready(segment: AlignedSegment, *, of_variant: bool) -> Iterator[Hit]:
    """Verbs that one side says somebody refuses to do, and the other that they are ready to."""
    side, other = (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)
    for at, verb in _undone(side):
        if side.words[at].lemma not in _REFUSING or any(w.form in _TERMS for w in side.words):
            continue
        for place, willing in enumerate(other.words[:-2]):
            if willing.form not in _READY or other.words[place + 1].form != "to" or asks(other, place):
                continue
            denied = any(is_negator(w) for w in other.words[max(0, place - 3) : place])
            if denied or verb_lemma(other.words[place + 2]) != verb_lemma(side.words[verb]):
                continue
            here = Span(side.words[at].span.start, side.words[verb].span.end)
            there = Span(willing.span.start, other.words[place + 2].span.end)
            said, meant = (here, there) if of_variant else (there, here)
            yield _hit(segment, said, meant, "refused" if of_variant else "ready")


def _finite(side: Side, verb: int) -> int | None:
    """Index of the first word of the finite verb group that ends with a verb, or None where it tells no fact."""
    for group in groups(side):
        if group.end == verb:
            return None if group.tense in (Tense.OPEN, Tense.FUTURE) else group.start
    word = side.words[verb]
    behind = side.words[verb + 1].form if verb + 1 < len(side.words) else ""
    past = word.form != word.lemma and word.form.endswith("ed")
    return verb if past and behind in ARTICLES else None  # also behind a comma: ", who is ill, condemned the raid"


def _clause(side: Side, verb: int) -> tuple[int, int]:
    """(first, last) index of the words that can deny a verb: shortly before it, and behind it up to "but" or a mark."""
    first, _ = sentence(side, verb)
    _, last = sentence(side, verb, _MARKS)
    end = next((k - 1 for k in range(verb + 1, last + 1) if side.words[k].form in ("but", "and", "while")), last)
    return max(first, verb - _BEFORE), end


def _alike(segment: AlignedSegment, verb: int, other_verb: int, of_variant: bool) -> bool:
    """Whether what stands behind two verbs is linked, or who does it."""
    side, other = (segment.variant, segment.reference) if of_variant else (segment.reference, segment.variant)
    behind = [k for k in range(verb + 1, min(verb + 6, len(side.words))) if side.words[k].is_content]
    linked = [p for k in behind if (p := side.partner[k]) is not None]
    near = {w.lemma for w in other.words[max(0, other_verb - 6) : other_verb + 7]}
    if side.words[verb - 1].form == "be":  # of a passive, what it happens to stands before
        behind += [k for k in range(max(0, verb - 2 * _BEFORE), verb) if side.words[k].is_content]
    return any(abs(p - other_verb) <= 6 for p in linked) or any(side.words[k].lemma in near for k in behind)


def _denies(side: Side, other: Side, first: int, last: int, verb: int = -1) -> bool:
    """Whether a stretch denies what the other side does not by the same word, or leaves open more than the verb."""
    return any(
        (is_denial(side, k) and not _kept(side, other, k)) or keeps_from(side, k) for k in range(first, last + 1)
    ) or any(
        k != verb and (w.form in _OPEN or w.lemma in _OPEN or w.lemma in _DENYING)
        for k, w in enumerate(side.words[first : last + 1], first)
    )


def _kept(side: Side, other: Side, index: int) -> bool:
    """Whether a word that denies by its form stands on the other side too, beside what is at issue: "unlicensed"."""
    partner = side.partner[index]
    alike = partner is not None and other.words[partner].lemma == side.words[index].lemma
    return alike and not is_negator(side.words[index])


def _denied(side: Side) -> Iterator[tuple[int, int, int]]:
    """(word that denies, first, last word of what is denied)."""
    words = side.words
    for at, word in enumerate(words[:-2]):
        if any(is_negator(w) for w in words[max(0, at - 3) : at]):
            continue
        end = min(sentence(side, at, _MARKS)[1], at + _REACH)
        that = next((k for k in range(at + 1, min(at + 8, end)) if words[k].form == "that"), None)
        claim = any(w.lemma in _CLAIMS for w in words[at + 1 : at + 5])
        if word.lemma in _DENYING and that is not None and (that == at + 1 or claim):
            yield at, that + 1, end
        elif word.lemma in _DENYING and words[at + 1].form.endswith("ing"):
            yield at, at + 1, end
        elif word.lemma in _CLAIMS and that == at + 1:
            verb = next((k for k in range(that + 3, len(words)) if words[k].form in ("were", "was", "is", "are")), None)
            _, last = sentence(side, at)
            false = [k for k in range(that, last + 1) if words[k].lemma in _FALSE or words[k].form in _FALSE]
            if verb is not None and false:
                stop = max(
                    (k for k in range(that, false[0]) if words[k].form in ("were", "was", "is", "are")), default=0
                )
                if stop > that + 1:
                    yield false[0], that + 1, stop - 1


def _stated(segment: AlignedSegment) -> Iterator[Hit]:
    """What is denied in the reference and stated in the variant."""
    ours, theirs = segment.variant, segment.reference
    if any(map(is_negator, ours.words)) and not any(map(is_negator, theirs.words)):
        return  # "no money changed hands, the ministry insists"
    for at, first, last in _denied(theirs):
        content = [k for k in range(first, last + 1) if theirs.words[k].is_content or theirs.words[k].is_number]
        links = [p for k in content if (p := theirs.partner[k]) is not None]
        if len(links) < min(_FEWEST, len(content)) or len(links) < max(2, _LINKED * len(content)):
            continue
        middle = sorted(links)[len(links) // 2]
        start, end = sentence(ours, middle, ";")
        inside = [p for p in links if start <= p <= end]
        if len(inside) < max(2, _LINKED * len(links)) or _denies(ours, theirs, start, end) or asks(ours, start):
            continue
        if distanced(ours, start, end) and not _own(segment, at, start, end):
            continue
        verb = theirs.partner[at]
        if verb is not None and start <= verb <= end:
            inside.append(verb)
        said = Span(ours.words[min(inside)].span.start, ours.words[max(inside)].span.end)
        yield _hit(segment, said, Span(theirs.words[at].span.start, theirs.words[last].span.end), "stated")
        return


def _own(segment: AlignedSegment, at: int, start: int, end: int) -> bool:
    """Whether who denies something in the reference says it in the variant."""
    ours, theirs = segment.variant, segment.reference
    doubts = (Distance.ALLEGATION, Distance.REPORT, Distance.CLAIM, Distance.BELIEF, Distance.MODAL)
    if any(m.kind in doubts for m in marks(ours, start, end)) or quoted(ours, start, end):
        return False
    begin, _ = sentence(theirs, at, ";:")
    speakers = {w.lemma for w in theirs.words[begin:at] if w.is_content}
    return any(
        m.kind is Distance.SPEECH and speakers & {w.lemma for w in ours.words[max(start, m.at - 4) : m.at]}
        for m in marks(ours, start, end)
    )


def _hit(segment: AlignedSegment, said: Span, meant: Span, case: str) -> Hit:
    here, there = said.of(segment.variant.text), meant.of(segment.reference.text)
    return Hit(
        Severity.CRITICAL,
        f"The reference says “{there}”; here it is “{here}”, the opposite.",
        variant_span=said,
        reference_span=meant,
        evidence={"case": case, "literalness of the segment": round(segment.literalness, 2)},
        confidence=0.8,
    )


RULE = Rule(
    category=Category.POLARITY_MODALITY,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The letter has yet to be opened.", "The letter ⟦has already been opened⟧."),
        Example("The fund has so far repaid less than half.", "More than half has yet to be repaid by the fund."),
        Example(
            "The mayor condemned the raid on the market and left for home.",
            "The mayor ⟦refused to condemn⟧ the raid on the market and left for home.",
            severity=Severity.CRITICAL,
        ),
        Example(
            "The union warned against blaming the drivers for the delays.",
            "The union ⟦blamed⟧ the drivers for the delays.",
        ),
        Example(
            "The trainer denied that the captain had been dropped because of the quarrel.",
            "The trainer ⟦said that the captain had been dropped because of the quarrel⟧.",
        ),
        Example(
            "The rebels are prepared to lay down their arms if the army leaves.",
            "The rebels ⟦refuse to lay⟧ down their arms if the army leaves.",
        ),
        Example(
            "The rebels are prepared to lay down their arms if the army leaves.",
            "The rebels refuse to lay down their arms until the army leaves.",
        ),
        Example(
            "The two sides failed to agree on a release of prisoners.",
            "The two sides ⟦agreed⟧ on a release of prisoners.",
        ),
        Example("The firm failed to pay its drivers in May.", "The firm did not pay its drivers in May."),
        Example(
            "The trainer denied that the captain had been dropped because of the quarrel.",
            "The captain's dropping had nothing to do with the quarrel, the trainer said.",
        ),
        Example(
            "The ministry denied that a ransom had been paid for the two engineers.",
            "Money for the two engineers did not change hands, the ministry insists.",
        ),
        Example(
            "The trainer denied claims by the club that the captain had been paid twice.",
            "The club alleged that the captain had been paid twice; the trainer denied it.",
        ),
        Example(
            "The match will be played with or without spectators.",
            "The match will be played with spectators or without.",
        ),
        Example("All but two of the ships have been searched.", "Only two of the ships have yet to be searched."),
    ),
)
