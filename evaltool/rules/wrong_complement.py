"""A verb, adjective or noun goes on in a way that English does not allow ("avoid to speak", "accused for").

Found are infinitives with "to" behind verbs that take "-ing" or the bare verb, bare verbs behind verbs that take "to"
and behind prepositions, prepositions that a word does not take ("consists from", "married with"), objects without the
preposition that they need ("listen him"), past forms behind "did" and "didn't", "although" with "but", "the way
how", "to home", and a preposition before the object that the reference's verb takes without one ("told to the court").
What the reference writes in the same way is accepted.

Severity: minor.
"""

from __future__ import annotations

from collections.abc import Iterator

from evaltool import lexicon
from evaltool._english import ALSO_PAST_OF, ARTICLES, AUXILIARIES, FUNCTION
from evaltool.model import Kind, Span
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, Example, Hit, Rule
from evaltool.rules._clauses import ends_sentence, gap
from evaltool.rules._parts import SAME_PARTICIPLE, is_base_verb, is_participle
from evaltool.rules._verbs import PAST_ONLY, verb_lemma
from evaltool.words import AlignedSegment, Side


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Verbs that take "-ing" and never an infinitive with "to" right behind them.
_TAKE_ING = _set("enjoy avoid deny postpone dislike suggest delay resist admit succeed finish")
#: Prepositions that are followed by no infinitive with "to".
_NOT_TO = _set("without after before despite upon")
#: Adverbs of direction, which take no "to", and verbs of motion.
_DIRECTIONS = _set("home abroad upstairs downstairs overseas")
_MOTION = _set("go come get send return travel walk drive fly ride hurry bring take allow")
#: Verbs, and the prepositions that they do not take before their object.
_NO_PREPOSITION = {
    verb: frozenset(prepositions.split())
    for verbs, prepositions in (
        ("tell ask inform thank phone obey remind warn advise", "to"),
        ("discuss mention describe", "about on over"),
        ("emphasise emphasize stress influence affect", "on to"),
        ("approach reach visit resemble obey answer", "to"),
        ("enter", "to in at"),
        ("join marry contact face accompany", "with to"),
        ("leave", "from"),
        ("request demand await seek", "for"),
        ("lack need", "of from"),
        ("arrive", "to"),
        ("exceed survive", "over from"),
    )
    for verb in verbs.split()
}
#: Verbs and adjectives that take an infinitive with "to".
_TAKE_TO = _set(
    "want decide refuse agree manage hope promise fail try attempt threaten intend able unable willing ready"
)
#: Verbs that take no clause with "that", and what begins such a clause.
_NOT_THAT = _set("want allow enable force let")
_CLAUSE_OPENERS = _set("the a an he she it they we you his her their its our this these those all")
#: Verbs that take "to" and no "-ing".
_NOT_ING = _set("want manage refuse decide hope agree promise afford")
_BEING = _set("am is are was were")
_PAIRED = 7  # words behind "neither" among which its "nor" stands
_PERSON = _set("him them her us me")
_OBJECT = _PERSON | ARTICLES | _set("his its their our my your it this these")
_DETERMINERS = ARTICLES | _set("my our your his her its their this these those some any all both no other such")
_PREPOSITIONS = _set("for without by of from about against despite into")
#: Words, and the prepositions that never follow them.
_NOT_BEFORE = {
    word: (frozenset(wrong.split()), right)
    for words, wrong, right in (
        ("accuse accused accuses", "to for", "of"),
        ("consist consists consisted", "from by", "of"),
        ("depend depends depended", "of from", "on"),
        ("dependent", "of", "on"),
        ("discuss discusses discussed discussing", "about", ""),
        ("despite", "of", ""),
        ("capable", "to for", "of"),
        ("responsible", "of", "for"),
        ("married", "with", "to"),
        ("interested", "on for at", "in"),
        ("aware", "about", "of"),
        ("afraid", "from", "of"),
        ("similar", "with as", "to"),
        ("typical", "to", "of"),
        ("proud", "with", "of"),
        ("famous", "with by of", "for"),
        ("participate participated participates participating", "on at", "in"),
        ("insist insists insisted", "to for", "on"),
        ("concentrate concentrated concentrates", "in at", "on"),
        ("congratulate congratulated", "for", "on"),
        ("suspected", "for to", "of"),
        ("convicted", "for", "of"),
        ("guilty", "for in", "of"),
        ("deprived", "from", "of"),
        ("reminded", "for", "of"),
        ("opposite", "from", "of"),
        ("different", "of", "from"),
        ("rid", "from", "of"),
        ("instead", "from to", "of"),
        ("because", "from", "of"),
        ("regardless", "from to", "of"),
    )
    for word in words.split()
}
_INTENDED = _set("convicted reminded responsible similar interested insist insists insisted capable")
#: Verbs that need a preposition before a person or thing.
_NEEDS = {
    form: preposition
    for forms, preposition in (
        ("listen listens listened listening", "to"),
        ("explain explains explained said says suggested explaining", "to"),
        ("depend depends depended", "on"),
        ("comment commented commenting", "on"),
        ("belong belongs belonged", "to"),
        ("wait waits waited waiting", "for"),
        ("apologise apologize apologised apologized", "to"),
        ("according", "to"),
    )
    for form in forms.split()
}
_TOLD = _set(
    "explain explains explained said says suggested explaining"
)  # followed by a thing they take no preposition
_DO, _DO_THEN = _set("didn't doesn't don't"), _set("did does do")
_CONCESSIVE = _set("although though")


def find(segment: AlignedSegment) -> Iterator[Hit]:
    """Yield each complement that its word does not take."""
    if segment.kind is not Kind.MATCH:
        return
    side = segment.variant
    theirs = [w.form for w in segment.reference.words]
    known = {tuple(theirs[k : k + n]) for n in (2, 3) for k in range(len(theirs))}
    for i in range(len(side.words) - 1):
        found = (
            _of_verb(side, i)
            or _of_word(side, i)
            or _preposition(side, i)
            or _homeward(side, i)
            or _object(segment, i)
            or _concession(side, i)
            or _manner(side, i)
        )
        if found is None:
            continue
        last, why = found
        if last - i <= 2 and tuple(w.form for w in side.words[i : last + 1]) in known:
            continue
        span = Span(side.words[i].span.start, side.words[last].span.end)
        shown = span if last - i <= 3 else Span(side.words[last].span.start, span.end)
        yield Hit(
            Severity.MINOR,
            f"“{shown.of(side.text)}” is not English: {why}.",
            variant_span=shown,
            evidence={"word": side.words[i].form},
            confidence=0.85,
        )


def _joined(side: Side, first: int, last: int) -> bool:
    """Whether nothing but spaces stands between the words from first to last."""
    return last < len(side.words) and all(gap(side, k, k + 1) in (" ", "\u00a0") for k in range(first, last))


def _verb(side: Side, i: int) -> bool:
    """Whether a word is a base form with which a clause goes on, and written small."""
    word = side.words[i]
    if not word.text.islower() or word.form in ("be", "have", "do"):
        return word.text.islower()
    parts = lexicon.parts_of_speech(word.form)
    usual = word.form == word.lemma and lexicon.main_part_of_speech(word.form) == "v" and "a" not in parts
    # "avoid to climb stairs", not "in response, after to work"
    return not word.is_function and (is_base_verb(word.form) or (usual and _joined(side, i, i + 1)))


def _long_verb(side: Side, i: int, letters: int) -> bool:
    """Whether a word is a base form of so many letters, and no part of a compound ("of inter-family marriage")."""
    word = side.words[i]
    compound = side.text[word.span.end : word.span.end + 1] == "-"
    return word.text.islower() and is_base_verb(word.form) and len(word.form) >= letters and not compound


def _of_verb(side: Side, i: int) -> tuple[int, str] | None:
    """What is wrong with the infinitive or bare verb that follows a word, with the index of the last word."""
    words, word = side.words, side.words[i]
    before = words[i - 1].form if i else ""
    if not _joined(side, i, i + 1):
        return None
    behind = words[i + 1].form
    follows = _joined(side, i, i + 2)
    if word.form in _NOT_TO and before not in ("and", "or") and behind == "to" and follows and _verb(side, i + 2):
        return i + 2, f"behind “{word.form}” a form in “-ing” is due"
    if word.lemma in _TAKE_ING and behind == "to" and follows and _verb(side, i + 2):
        passive = word.form != word.lemma and before in AUXILIARIES
        return None if passive else (i + 2, f"“{word.form}” takes a form in “-ing”")
    if word.lemma == "let" and behind in _PERSON and follows and words[i + 2].form == "to" and _joined(side, i, i + 3):
        return (i + 3, "“let” takes the bare verb") if _verb(side, i + 3) else None
    if word.lemma in _TAKE_TO and _long_verb(side, i + 1, 4) and not _named(side, i):
        return i + 1, f"behind “{word.form}” the verb takes “to”"
    if word.form in _DO and _past(side, i + 1) and (before == "and" or not side.words[i].initial):
        return i + 1, f"behind “{word.form}” the bare verb is due"
    if word.form in _DO_THEN and behind == "not" and follows and _past(side, i + 2):
        return i + 2, f"behind “{word.form} not” the bare verb is due"
    if word.form in _PREPOSITIONS and _long_verb(side, i + 1, 5):
        return i + 1, f"behind “{word.form}” a form in “-ing” is due"
    return None


def _of_word(side: Side, i: int) -> tuple[int, str] | None:
    """What is wrong with the word or clause that follows a word, with the index of the last word."""
    words, word = side.words, side.words[i]
    if not _joined(side, i, i + 1):
        return None
    behind = words[i + 1].form
    follows = _joined(side, i, i + 2)
    if word.form in _BEING and behind == "agree":
        return i + 1, "“agree” is a verb of its own"
    if (
        word.lemma in _NOT_ING
        and behind.endswith("ing")
        and is_base_verb(verb_lemma(words[i + 1]))
        and not _named(side, i)
    ):
        return i + 1, f"behind “{word.form}” the verb takes “to”"
    if word.form == "neither" and (other := _or_behind(side, i)) is not None:
        return other, "“neither” goes with “nor”"
    if word.form == "too" and behind == "less":
        return i + 1, "“too little” or “too few” is due"
    if word.lemma in _NOT_THAT and behind == "that" and follows and words[i + 2].form in _CLAUSE_OPENERS:
        return i + 1, f"“{word.form}” takes somebody and “to”, and no “that”"
    return None


def _or_behind(side: Side, i: int) -> int | None:
    """Index of the "or" that goes with a "neither" in the same clause, or None where "nor" does."""
    clause = range(i + 1, min(i + _PAIRED, len(side.words)))
    last = next((k for k in clause if not _joined(side, k - 1, k)), len(side.words))
    inside = [k for k in clause if k < last]
    found = next((k for k in inside if side.words[k].form in ("or", "nor")), None)
    return found if found is not None and side.words[found].form == "or" else None


def _past(side: Side, i: int) -> bool:
    """Whether a word can be nothing but a past form or a participle."""
    form = side.words[i].form
    return side.words[i].text.islower() and form not in SAME_PARTICIPLE and (is_participle(form) or form in PAST_ONLY)


def _named(side: Side, i: int) -> bool:
    """Whether a word is a noun, led by a possessive, article or adjective ("their promises include")."""
    if i == 0 or "n" not in lexicon.parts_of_speech(side.words[i].lemma) or not _joined(side, i - 1, i):
        return side.words[i].initial and side.words[i].form.endswith("s")
    before = side.words[i - 1]
    possessive = before.text.replace("’", "'").endswith(("'s", "s'"))
    led = before.form in _DETERMINERS or before.is_number or lexicon.main_part_of_speech(before.form) == "a"
    return possessive or led


def _preposition(side: Side, i: int) -> tuple[int, str] | None:
    """What is wrong with the preposition that follows a word, or that is missing."""
    word = side.words[i]
    if not _joined(side, i, i + 1) or word.text.lower() != word.form:
        return None
    behind = side.words[i + 1]
    wrong, right = _NOT_BEFORE.get(word.form, (frozenset[str](), ""))
    if behind.form in wrong and behind.text.islower():
        if word.form in _INTENDED and behind.form in ("for", "as", "to", "on", "at") and not _joined(side, i, i + 2):
            return None
        due = f"takes “{right}”" if right else "takes no preposition"
        return i + 1, f"“{word.form}” {due}"
    if word.form in _NEEDS:
        needed = _PERSON if word.form in _TOLD | {"wait", "waits", "waited", "waiting"} else _OBJECT
        if behind.form in needed and not (word.form in _TOLD and behind.form == "her"):
            opening = side.text[word.span.start - 2 : word.span.start]
            return (
                None
                if any(mark in opening for mark in ",”\"'’")
                else (i + 1, f"“{word.form}” takes “{_NEEDS[word.form]}”")
            )
    return None


def _homeward(side: Side, i: int) -> tuple[int, str] | None:
    """The "to home" of "sent to home"."""
    words = side.words
    if words[i].form != "to" or i == 0 or not _joined(side, i - 1, i + 1) or words[i + 1].form not in _DIRECTIONS:
        return None
    ended = not _joined(side, i + 1, i + 2) or words[i + 2].form in FUNCTION
    end = side.text[words[i + 1].span.end : words[i + 1].span.end + 1]
    moved = any(ALSO_PAST_OF.get(w.form, w.lemma) in _MOTION for w in words[max(0, i - 2) : i])
    return (i + 1, f"“{words[i + 1].form}” takes no “to”") if moved and ended and end not in ("-", "/") else None


def _object(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """The preposition between a verb and the object that stands right behind the verb in the reference."""
    side, word = segment.variant, segment.variant.words[i]
    wrong = _NO_PREPOSITION.get(word.lemma)
    if wrong is None or side.words[i + 1].form not in wrong or not _joined(side, i, i + 2):
        return None
    if i and side.words[i - 1].form in ARTICLES | {"his", "her", "its", "their"}:
        return None  # "an answer to the"
    led = i > 0 and side.words[i - 1].form in AUXILIARIES | {"to"}
    if word.form in (word.lemma, f"{word.lemma}s", f"{word.lemma}es") and not led:
        return None if "n" in lexicon.parts_of_speech(word.lemma) else _spared(segment, i)
    return _spared(segment, i)


def _spared(segment: AlignedSegment, i: int) -> tuple[int, str] | None:
    """The preposition behind a verb where the reference has the same object without it."""
    side, theirs, word = segment.variant, segment.reference.words, segment.variant.words[i]
    behind = side.words[i + 2]
    if not (behind.form in _OBJECT or behind.is_content):
        return None
    after = [w.form for w in side.words[i + 3 : i + 4]] if behind.form in ARTICLES else []
    for k in range(len(theirs) - 1):
        at = k + 2 if theirs[k].lemma == "arrive" and theirs[k + 1].form in ("in", "at", "on") else k + 1
        if theirs[k].lemma != word.lemma or [w.form for w in theirs[at : at + 1 + len(after)]] != [behind.form, *after]:
            continue
        return i + 1, f"“{word.form}” takes no " + ("“to”" if word.lemma == "arrive" else "preposition")
    return None


def _manner(side: Side, i: int) -> tuple[int, str] | None:
    """The "how" of "the way how"."""
    forms = [w.form for w in side.words[i : i + 3]]
    return (i + 2, "“the way” takes no “how”") if forms == ["the", "way", "how"] and _joined(side, i, i + 2) else None


def _concession(side: Side, i: int) -> tuple[int, str] | None:
    """The "but" of a sentence that began with "although"."""
    word = side.words[i]
    if word.form not in _CONCESSIVE or not word.initial or not word.is_capitalised:
        return None
    commas = 0
    for at in range(i, len(side.words) - 1):
        between = gap(side, at, at + 1)
        if ends_sentence(between) or any(mark in between for mark in ';:“"()'):
            return None
        commas += "," in between
        if commas and between.strip() == "," and side.words[at + 1].form == "but":
            return (at + 1, f"“{word.form}” and “but” say the same") if commas == 1 else None
    return None


RULE = Rule(
    category=Category.GRAMMAR,
    find=find,
    languages=ENGLISH,
    examples=(
        Example("He avoided speaking to them.", "He ⟦avoided to speak⟧ to them."),
        Example("They let him go home and stay there.", "They ⟦let him to become⟧ a member."),
        Example("She got no answer.", "She ⟦didn’t received⟧ an answer."),
        Example("They declined to comment on the plan.", "They declined to ⟦comment the⟧ plan."),
        Example("He refused to allow it.", "He ⟦refused allow⟧ it."),
        Example("It is a plan for improving the roads.", "It is a plan ⟦for improve⟧ the roads."),
        Example("It consists of two parts.", "It ⟦consists from⟧ two parts."),
        Example("They were accused of theft.", "They were ⟦accused for⟧ theft."),
        Example("He told them the plan.", "He ⟦explained them⟧ the plan."),
        Example("Although it rained all day, they left.", "Although it rained all day, ⟦but⟧ they left."),
        Example("He disliked the way they spoke.", "He disliked ⟦the way how⟧ they spoke."),
        Example("He told the court that they were sent home.", "He ⟦told to⟧ the court that they were sent ⟦to home⟧."),
        Example("They left without giving a reason.", "They left ⟦without to give⟧ a reason."),
        Example("It promised to close no office.", "Its promises include that no office closes."),
        Example("“It is late,” said him who left.", "The plan was suggested to him; it is similar to the first."),
    ),
)
