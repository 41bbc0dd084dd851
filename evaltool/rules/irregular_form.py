"""An irregular verb or noun is inflected as if it were regular, or its past form stands for another ("weeped", "mans").

Found are forms in "-ed" of verbs and in "-s" of nouns that English inflects otherwise, past forms behind "has" and "is"
where the participle differs ("has wrote"), and past and "-ing" forms behind "to" where the reference has the base form
("to resigned"). What the reference writes too is accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from evaltool import lexicon
from evaltool.model import Kind, Profile, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import gap
from evaltool.rules._parts import BE, HAVE, SAME_PARTICIPLE
from evaltool.words import AlignedSegment, Side, Word

_TABLE = """
arise arose arisen|awake awoke awoken|bear bore borne|beat beat beaten|become became become|begin began begun
bend bent bent|bind bound bound|bite bit bitten|bleed bled bled|blow blew blown|break broke broken|breed bred bred
bring brought brought|build built built|buy bought bought|catch caught caught|choose chose chosen|cling clung clung
come came come|creep crept crept|deal dealt dealt|dig dug dug|draw drew drawn|drink drank drunk|drive drove driven
eat ate eaten|fall fell fallen|feed fed fed|feel felt felt|fight fought fought|find found found|flee fled fled
fling flung flung|fly flew flown|forbid forbade forbidden|forget forgot forgotten|forgive forgave forgiven
freeze froze frozen|give gave given|go went gone|grind ground ground|grow grew grown|hear heard heard|hide hid hidden
hold held held|keep kept kept|know knew known|lead led led|leave left left|lend lent lent|lose lost lost
make made made|mean meant meant|meet met met|mistake mistook mistaken|overcome overcame overcome
overtake overtook overtaken|overthrow overthrew overthrown|pay paid paid|ride rode ridden|rise rose risen|run ran run
say said said|see saw seen|seek sought sought|sell sold sold|send sent sent|shake shook shaken|shoot shot shot
shrink shrank shrunk|sing sang sung|sink sank sunk|sit sat sat|sleep slept slept|slide slid slid|speak spoke spoken
spend spent spent|spin spun spun|spring sprang sprung|stand stood stood|steal stole stolen|stick stuck stuck
sting stung stung|strike struck struck|swear swore sworn|sweep swept swept|swim swam swum|swing swung swung
take took taken|teach taught taught|tear tore torn|tell told told|think thought thought|throw threw thrown
understand understood understood|undertake undertook undertaken|undergo underwent undergone|weep wept wept
win won won|withdraw withdrew withdrawn|withstand withstood withstood|write wrote written|rebuild rebuilt rebuilt
cut cut cut|put put put|hit hit hit|hurt hurt hurt|shut shut shut|let let let|cost cost cost|spread spread spread
set set set
"""
#: Regular forms that English has beside the irregular ones, or that are other words.
_ALSO_REGULAR = frozenset("beared costed seed teared leaded leaved".split())
#: Past forms that are nouns or adjectives as well, or participles in some regions, so that they may follow "has".
_ALSO_OTHER = frozenset(
    "bore bit beat drank drove forgot hid rode rose sang sank saw shrank spoke spring swore".split()
)
_NOUNS = {
    "mans": "men", "womans": "women", "womens": "women", "childs": "children", "childrens": "children",
    "foots": "feet", "feets": "feet", "tooths": "teeth", "teeths": "teeth", "gooses": "geese", "sheeps": "sheep",
    "aircrafts": "aircraft", "policemans": "policemen", "policemens": "policemen", "wifes": "wives", "knifes": "knives",
    "lifes": "lives", "thiefs": "thieves", "wolfs": "wolves", "oxes": "oxen", "criterias": "criteria",
    "phenomenons": "phenomena", "deers": "deer", "offsprings": "offspring",
}  # fmt: skip


def _verbs() -> Iterator[tuple[str, str, str]]:
    for entry in _TABLE.replace("\n", "|").split("|"):
        if entry:
            base, past, participle = entry.split()
            yield base, past, participle


def _regular(base: str) -> set[str]:
    """The forms in "-ed" that a verb would have by the rules of spelling."""
    if base.endswith("e"):
        return {base + "d"}
    if base.endswith("y") and base[-2] not in "aeiou":
        return {base[:-1] + "ied"}
    doubled = base[-1] not in "aeiouwxy" and base[-2] in "aeiou" and base[-3:-2] not in tuple("aeiou")
    return {base + base[-1] + "ed" if doubled else base + "ed"}


_REGULARISED = {
    form: past for base, past, _ in _verbs() for form in _regular(base) if form not in _ALSO_REGULAR
}  # "flied": "flew"
_PAST = {past: participle for _, past, participle in _verbs() if past != participle and past not in _ALSO_OTHER}
_SUBJECTS = frozenset("i you he she it we they".split())
_RELATIVE = frozenset("what that which who whom all whatever everything where how".split())
_BARE = frozenset("to will would can could should must may might did didn't does doesn't".split())
#: What takes "to" and a form in "-ing", sometimes beside the infinitive.
_TO_DOING = frozenset(
    """
    commit committed commitment use used accustom accustomed oppose opposed opposition object objection forward
    admit confess resort dedicate dedicated devote devoted close closer prior addition respect regard contribute
    contribution lead due next key approach prefer preferable alternative limit limited attribute reduce amount
    equivalent similar stoop return turn switch move opposite way obstacle impediment hindrance hurdle path
    barrier route dedication devotion relate related tied link linked vital central essential critical crucial
    subject open come get down on himself herself themselves itself
    """.split()
)
_TRIGGERS = frozenset(_REGULARISED) | frozenset(_NOUNS) | frozenset(_PAST)


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each irregular word in a form that it does not have, and each past form in another's place."""
    side = segment.variant
    if segment.kind is not Kind.MATCH:
        return
    if side.forms & _TRIGGERS:
        known = {(a.form, b.form) for a, b in pairwise(segment.reference.words)}
        for i, word in enumerate(side.words):
            found = _unformed(segment, i) or _participle(segment, i)
            if found is not None and (not i or (side.words[i - 1].form, word.form) not in known):
                yield _hit(word, word.span, found)
    if "to" in side.forms:
        for i in range(1, len(side.words)):
            if _past_infinitive(segment, i):
                span = Span(side.words[i - 1].span.start, side.words[i].span.end)
                yield _hit(side.words[i], span, side.words[i].lemma)


def _hit(word: Word, span: Span, better: str) -> Hit:
    return Hit(
        Severity.MINOR,
        f"“{word.text}” is not the form that is due here: “{better}”.",
        variant_span=span,
        evidence={"form": word.form, "due": better},
        confidence=0.9,
    )


def _unformed(segment: AlignedSegment, i: int) -> str | None:
    """The right form of an irregular word that is inflected by the general rule."""
    word = segment.variant.words[i]
    better = _REGULARISED.get(word.form) or _NOUNS.get(word.form)
    if better is None or not word.text.islower() or word.form in segment.whole_reference.forms:
        return None
    end = segment.variant.text[word.span.end : word.span.end + 1]
    return better if end not in ("-", "'", "’") and word.text.isalpha() else None


def _participle(segment: AlignedSegment, i: int) -> str | None:
    """The participle that is due behind "has" or "is", adverbs between them left out, instead of a past form."""
    side, theirs = segment.variant, segment.reference.words
    word = side.words[i]
    if word.form not in _PAST or not word.text.islower() or not i:
        return None
    at = i - 1
    while at > 0 and side.words[at].form in ("not", "never", "already", "also", "just", "been") and _tight(side, at):
        at -= 1
    auxiliary = side.words[at].form in (HAVE | BE) - {"having"} and _tight(side, at) and _tight(side, i - 1)
    spelled = side.words[at].text.lower() == side.words[at].form  # not "he's", whose form may be "he"
    # "the money they had came from him", "what it was became clear": the auxiliary ends another clause there.
    ended = at == i - 1 and at > 0 and side.words[at - 1].text.lower() in _SUBJECTS
    begun = at > 1 and side.words[at - 2].is_content and _tight(side, at - 2)
    relative = any(w.form in _RELATIVE for w in side.words[max(0, at - 6) : at])
    told = next((k for k, w in enumerate(theirs) if w.form in (word.form, _PAST[word.form])), 0)
    # In the reference the verb stands in that relative clause as well: "letters which he (has) wrote".
    relative = relative and not any(w.form in _RELATIVE for w in theirs[max(0, told - 6) : told])
    return _PAST[word.form] if auxiliary and spelled and not relative and not (ended and begun) else None


def _tight(side: Side, left: int) -> bool:
    return gap(side, left, left + 1) == " "


def _past_infinitive(segment: AlignedSegment, i: int) -> bool:
    """Whether a past form stands behind "to" where the reference has the verb's base form."""
    side = segment.variant
    word, before, j = side.words[i], side.words[i - 1], side.partner[i]
    if (
        before.form != "to"
        or not _tight(side, i - 1)
        or not word.text.islower()
        or not word.form.endswith(("ed", "ing"))
    ):
        return False
    if word.form.endswith("ing") and (i < 2 or {side.words[i - 2].form, side.words[i - 2].lemma} & _TO_DOING):
        return False
    if word.form == word.lemma or word.form in SAME_PARTICIPLE or j is None or not j:
        return False
    theirs = segment.reference.words
    governor = side.words[i - 2].lemma
    if word.form.endswith("ing") and governor != theirs[j - 2].lemma and lexicon.main_part_of_speech(governor) == "n":
        return False  # another noun, which may take the form in "-ing"
    if theirs[j].form != word.lemma or "v" not in lexicon.parts_of_speech(word.lemma):
        return False
    behind = side.words[i + 1] if i + 1 < len(side.words) and _tight(side, i) else None
    return theirs[j - 1].form in _BARE and (behind is None or behind.is_function or behind.is_number)


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("The widow wept when the men left.", "The widow ⟦weeped⟧ when the ⟦mans⟧ left."),
        Example("He has already written to the board.", "He has already ⟦wrote⟧ to the board."),
        Example("They urged her to resign.", "They called her ⟦to resigned⟧."),
        Example("The money they had was a gift from him.", "The money they had came from him as a gift."),
        Example(
            "There is no legal obstacle to publish the photographs of the men.",
            "There is no legal impediment to publishing the photographs of the men.",
            profile=Profile.PARAPHRASE,
        ),
    ),
)
