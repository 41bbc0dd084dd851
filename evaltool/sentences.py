"""Cuts a text into sentences: exact offsets, the role of each on the page, and where a space was lost.

Line breaks come first (see ``evaltool._layout``), then the stops within a line. Only what stands around a stop decides,
so the work is linear and the same sentence is cut in the same way wherever it stands.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from evaltool import _layout
from evaltool.model import Document, Role, Span

LONGEST_SENTENCE = 2000  # code points; every later stage may depend on it

# A stop of these scripts ends the sentence even where no space follows, as none is written there.
_FULL_STOPS = "。！？｡؟۔।॥։።፧။៕"
_CLOSERS = "”’›)\\]}」』）】》〉﹂﹄\u200e\u200f\u202c\u2069"
# One stop with all that belongs to it. Quotes that open in one language and close in another, and straight ones, close
# only where nothing follows that they could open.
_STOP = re.compile(
    rf"""(?: (?: \.(?:[ \xa0]\.)+ | [.!?…‼⁇⁈⁉{_FULL_STOPS}]+ )
             (?: [{_CLOSERS}] | ["'“‘«»]+ (?= [{_CLOSERS}]* (?:[\s,;:.!?…–—\u200b\ufeff]|\Z) ) )*
         )+""",
    re.VERBOSE,
)
_GAP = re.compile(r"[\s\u200b\u2060\ufeff]+")
# A closing mark that stands apart: French writes it so, translations do it by mistake.
_LATE_CLOSER = re.compile(r"[\s\u200b\u2060\ufeff]+[”»)\]]+(?=[\s,.;:]|\Z)")
# At most one ellipsis: a run of stops must not be read again from each of them.
_OPENERS = re.compile(r"""[\s"'“”‘’«»„‚(\[{¿¡–—\-•▪●*#‹›「『（\u200b\u200e\u200f\u2060\ufeff]*(?:\.{2,}|…)?\s*""")
_BULLET = re.compile(r"(?<=[^\s•▪●‣◦■]\s)[•▪●‣◦■](?=\s)")
_VOWEL = re.compile(r"[aeiouyäöüéáíóúàèìòùâêîôûаеёиоуыэюяії]", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:[.'’-][^\W_]+)*")
_GOES_ON = ",;:)]}%&/=”’»、，；：）」』"

# Words that often open a sentence and hardly ever stand, with a capital, inside one: they end the doubt after "U.S.".
_STARTERS = _layout.word_set(
    """a an the this that these those he she it they we you i his her its their our my there here in on at by for from
    with after before during while when as if although though but and or so however meanwhile also yet both some many
    most all not another each every what who why how where which since until despite according once then now still
    such no nobody nothing today yesterday one two several about does did do is are was were would can could have
    has please thank thanks let"""
)
# Abbreviations. Many are ordinary words in lower case ("six ft.", "a lot."): those count only with a capital.
# Never the last word of a sentence when a capital or a figure follows:
_TITLES = _layout.word_set(
    """Mr Mrs Ms Mx Dr Prof Gen Col Lt Capt Cpt Sgt Maj Cpl Cmdr Cdr Adm Rev Fr Hon Gov Sen Rep Reps Sens Gens Pres Supt
    Insp Det Messrs Mme Mlle Sra Srta Amb Pvt Brig Rt St Ste Mt Ft Hr Dipl MR MRS MS DR ST vs v cf viz e.g i.e eg ie
    E.g I.e m.p z.B d.h bzw mr mrs ms dr prof"""
)
# The last word of a sentence only where the next one opens a sentence:
_MAYBE_LAST = _layout.word_set(
    """Inc Ltd Co Corp Bros Jr Sr PLC LLC Cie Dept Univ Assn Ave Blvd Rd Est Ed Eds Ph.D M.Sc B.Sc Jan Feb Mar Apr
    Jun Jul Aug Sep Sept Oct Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Govt Dist Assoc Asst inc ltd plc al approx ca
    incl excl govt dept resp"""
)
_BEFORE_FIGURE = _layout.word_set(
    """No Nos Nr Art Arts Fig Figs Vol Vols Ch Chap Sec Sect Para Paras App Ver Lot Tel Jan Feb Mar Apr Jun Jul Aug Sep
    Sept Oct Nov Dec Mon Tue Tues Wed Thu Thurs Fri Sat Sun Est no nos nr fig figs vol vols p pp ca approx para sect
    est tel"""
)
# The same and more, before a lower-case word.
_BEFORE_LOWER_CASE = {word.lower() for word in _TITLES | _MAYBE_LAST | _BEFORE_FIGURE} | _layout.word_set(
    "univ assn intl natl assoc misc temp prev esp orig evtl inkl exkl bspw abbr"
)
_CLOCK = frozenset({"a.m", "p.m", "am", "pm"})
_AFTER_CLOCK = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|GMT|UTC|BST|IST|MSK|JST|HKT|[ECMP][SD]?T|E?E?CES?T|EES?T|AE[SD]?T|"
    r"Eastern|Central|Pacific|Mountain|Local|[A-Z]\w+ time)\b"
)
_SPEECH = (
    r"(?:said|says|asked|asks|replied|answered|told|added|wrote|cried|shouted|exclaimed|wondered|demanded|joked)\b"
)
# “Why?” Jane Doe asked: a name of up to three words and a verb of speaking.
_ATTRIBUTION = re.compile(rf"(?:[A-Z][\w'’-]+\s+){{1,3}}{_SPEECH}")
# Letters of the scripts that have capitals.
_CASED = [chr(code) for code in (*range(0x41, 0x590), *range(0x1E00, 0x2000))]
_UPPER = "[" + "".join(letter for letter in _CASED if letter.isupper()) + "]"
_LOWER = "[" + "".join(letter for letter in _CASED if letter.islower()) + "\u0300-\u036f]"
# A capitalised word, not followed by what makes it part of an address or of a program.
_CAPITALISED = re.compile(rf"(?:{_UPPER}{_LOWER}+|[IA](?=\s))(?![\w(/@=\\]|\.[a-z\d_])")
# Ends of addresses and file names, where they are no common words.
_ENDINGS = _layout.word_set(
    """com org net edu gov io co uk ru ua js ts py html htm php pdf txt doc docx xls xlsx csv jpg jpeg png gif exe zip
    tv fm ai eu info"""
)
_GLUE = re.compile(
    rf"(?:(?<![\w.@/#\\])(?P<first>[^\W\d_]{_LOWER}{{2,}})|”)(?P<next>{_UPPER}{_LOWER}+)(?=[\s,])",
)
# Words that no sentence ends with, and parts of names: "vanDyke".
_NEVER_LAST = _layout.word_set(
    """the an and or of to by with from for as at their his her its our your my this these those than into van von
    der den del des dos das mac mid san los las"""
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|am|has|have|had|do|does|did|will|would|can|could|may|might|must|shall|should|said|says|told|"
    r"went|came|took|made|got|left|began|became|gave|found|saw|held|kept|met|lost|won|rose|fell|fled|led|ran|sent|set|"
    r"put|cut|hit|lay|stood|spoke|brought|bought|built|broke|drew|drove|fought|grew|heard|hid|knew|paid|sank|sat|shot|"
    r"shut|sold|spent|stole|struck|swept|taught|thought|threw|wrote|\w{3,}ed)\b|n['’]t\b"
)
_PREPOSITION = re.compile(r"\b(?:in|at|from|near|to|of|for|across|outside|around|against|into|over|with)\s+\Z")
# Languages that mark an ordinal number with a full stop ("3. Oktober").
_ORDINAL_DOT = frozenset(
    {"de", "da", "nb", "no", "nn", "fi", "cs", "sk", "hu", "pl", "hr", "sl", "sr", "et", "lv", "is"}
)


def split(text: str, *, language: str = "en") -> Document:
    """Cuts a text into sentences.

    A pure function that takes any string. Spans are half-open and count code points of ``text``; they are in order,
    free of white space (and zero-width spaces) at their edges, at most ``LONGEST_SENTENCE`` long, and hold everything
    that is not white space or a zero-width space.

    Args:
        text: any text; line breaks of every kind are understood.
        language: ISO 639-1 code. It decides about ordinals ("3. Oktober") and the dictionary that is asked about a
            capital inside a word; an unknown one is treated as English.

    Returns:
        The text with its sentences, their roles, and the places where a sentence begins without a space before it.
    """
    blocks = _layout.blocks(text)
    roles = _layout.roles(text, blocks)
    sentences: list[Span] = []
    sentence_roles: list[Role] = []
    glued: list[int] = []
    for block, role in zip(blocks, roles, strict=True):
        first = len(sentences)
        glue = set()
        start = block.start
        for cut, is_glue in (*_cuts(text, block, language), (block.end, False)):
            span = _layout.stripped(text, start, cut)
            if span is not None:
                sentences.extend(_layout.shortened(text, span, LONGEST_SENTENCE))
            start = cut
            if is_glue:
                glue.add(cut)
        count = len(sentences) - first
        # A heading is one sentence; a line of several is running text whose last stop was lost.
        sentence_roles.extend([Role.BODY if role is Role.HEADING and count > 1 else role] * count)
        glued.extend(span.start for span in sentences[first:] if span.start in glue)
    return Document(text, tuple(sentences), tuple(sentence_roles), tuple(glued))


def _cuts(text: str, block: Span, language: str) -> list[tuple[int, bool]]:
    """Where the sentences of a block end, in order, and whether the next one is glued on."""
    cuts = [(match.start(), False) for match in _BULLET.finditer(text, *block)]
    cuts += _stops(text, block, language)
    found = sorted({block.start, *(cut for cut, _ in cuts), block.end})
    for begin, end in pairwise(found):
        cuts += [(cut, True) for cut in _glued_words(text, Span(begin, end), language)]
    return sorted(cuts)


def _stops(text: str, block: Span, language: str) -> Iterator[tuple[int, bool]]:
    """The stops of a block that end a sentence."""
    quotes = 0  # straight double quotes seen so far: an odd number means that one is open
    counted = sentence = block.start
    for match in _STOP.finditer(text, *block):
        end = match.end()
        if end >= block.end:
            return
        quotes += text.count('"', counted, end)
        counted = end
        late = _LATE_CLOSER.match(text, end, block.end)
        if late is not None:
            end = late.end()
        gap = _GAP.match(text, end, block.end)
        if gap is None:
            glued = _glued_stop(text, match, Span(sentence, block.end), language, quote_open=quotes % 2 == 1)
            if glued is not None and not _is_abbreviation(text, match, glued, Span(sentence, block.end), language):
                sentence = glued
                yield glued, True
            elif _ends_unspaced(text, match, end, block.end):
                sentence = end
                yield end, False
        elif gap.end() < block.end and _ends_before_gap(text, match, gap.end(), Span(sentence, block.end), language):
            sentence = end
            yield end, False


def _ends_unspaced(text: str, stop: re.Match[str], end: int, limit: int) -> bool:
    """Whether a stop without a space after it ends a sentence as the scripts without spaces write it."""
    if end >= limit or text[end] in _GOES_ON:
        return False
    if any(mark in _FULL_STOPS for mark in stop.group()):
        return True
    # "!" and "?" of the Latin keyboard within Chinese or Japanese.
    return stop.group()[0] in "!?" and "\u3041" <= text[end] <= "\u9fff"


def _ends_before_gap(text: str, stop: re.Match[str], after: int, around: Span, language: str) -> bool:
    """Whether a stop followed by white space ends a sentence.

    Args:
        text: the text.
        stop: the stop with its closing marks.
        after: where the next word stands.
        around: from the start of the sentence to the end of the block.
        language: see ``split``.
    """
    if text[after] in _GOES_ON:
        return False
    marks = stop.group()
    if any(mark in _FULL_STOPS for mark in marks):
        return True
    opener = _OPENERS.match(text, after, around.end)
    begin = opener.end() if opener is not None else after
    if begin >= around.end:
        return True
    if text[begin].islower():
        return _opens_in_lower_case(text, stop, after, begin, around)
    if marks[0] in "!?" and len(marks) > 1 and marks[-1] in "\"'”’»" and _ATTRIBUTION.match(text, begin, around.end):
        return False
    return not _is_abbreviation(text, stop, begin, around, language)


def _opens_in_lower_case(text: str, stop: re.Match[str], after: int, begin: int, around: Span) -> bool:
    """Whether a lower-case letter opens a sentence: "iPhones sold well", "It fell. (laughter)", or by neglect.

    Mostly it does not: "? he asked", "... and", "etc. and".
    """
    if begin + 1 < around.end and text[begin + 1].isupper():
        return stop.group()[0] != "…"
    if stop.group()[0] in "!?" and len(stop.group()) == 1:
        return text[after] == "("
    # By neglect only after a plain full stop at a word that looks like no abbreviation.
    if stop.group() != ".":
        return False
    words = _WORD.findall(text, max(around.start, stop.start() - 60), stop.start())
    last = words[-1] if len(words) >= 2 and text[stop.start() - 1].isalpha() else ""
    is_word = len(last) >= 4 and last.isalpha() and _VOWEL.search(last) is not None
    return is_word and last.lower() not in _BEFORE_LOWER_CASE


def _is_abbreviation(text: str, stop: re.Match[str], begin: int, around: Span, language: str) -> bool:
    """Whether the full stop belongs to the word before it and does not end a sentence before ``begin``."""
    if stop.group()[0] != "." or stop.group()[1:2] in (".", "!", "?"):
        return False
    # No abbreviation is long: looking further back would make a text without spaces quadratic.
    before = text[max(around.start, stop.start() - 24) : stop.start()].split()[-1:]
    if not before or text[stop.start() - 1].isspace():
        return False
    word = before[0].lstrip("\"'“‘„«(-–—[")
    following = _WORD.match(text, begin, around.end)
    next_word = following.group() if following else ""
    is_figure = next_word[:1].isdigit() or text[begin] in "$€£¥₹"
    opens = _opens_sentence(next_word)
    if word.isdigit():
        is_number_of_item = (
            len(word) <= 2 and text[max(around.start, stop.start() - 12) : stop.start()].strip("([ ") == word
        )
        return is_number_of_item or (len(word) <= 2 and language in _ORDINAL_DOT and not opens)
    if is_figure:
        return word in _BEFORE_FIGURE or word in _TITLES
    if not next_word or word in _TITLES:
        return word in _TITLES
    if word.lower() in _CLOCK:
        # "At 5 p.m. Dockers walked out": too little stands before the stop for a sentence.
        is_short = len(_WORD.findall(text, max(around.start, stop.start() - 60), stop.start())) < 4
        return (is_short and not opens) or _AFTER_CLOCK.match(text, begin, around.end) is not None
    is_acronym = len(word) > 2 and all(len(part) == 1 for part in word.split("."))
    if len(word) == 1 and word.isalpha():
        return word.isupper() and not opens
    return (is_acronym or word in _MAYBE_LAST) and not opens


def _glued_stop(text: str, stop: re.Match[str], around: Span, language: str, *, quote_open: bool) -> int | None:
    """Where a sentence begins directly after a stop, or None: "a long meeting.Later he left".

    Args:
        text: the text.
        stop: the stop with its closing marks.
        around: from the start of the sentence to the end of the block.
        language: whose dictionary to ask.
        quote_open: whether a straight quote directly after the stop closes a quotation.
    """
    begin = stop.end()
    if begin < around.end and text[begin] == '"' and quote_open:
        begin += 1
    word_at = begin + 1 if text[begin : begin + 1] in {"“", "‘", "«", "„", "(", '"'} else begin
    word = _CAPITALISED.match(text, word_at, around.end)
    if word is None or stop.group()[0] not in ".!?" or stop.group()[1:2] == "." or word.group().lower() in _ENDINGS:
        return None
    before = text[max(around.start, stop.start() - 300) : stop.start()]
    token = before.split()[-1:]
    # Addresses, paths, program names and initials: "www.X", "a/b.Y", "java.util.List", "U.S.Army", "J.Doe".
    if not token or re.search(r"[/@_\\=#]|\bwww\b|[^\W\d]\.|^\W*[^\W\d]$", token[0]):
        return None
    if len(_WORD.findall(before)) < 3 or _WORD.search(text, word.end(), around.end) is None:
        return None
    # Companies and programs are called "Aaa.Bbb"; a sentence that ends in a name is a clause, and so is the next one.
    last = token[0].lstrip("\"'“‘«(")
    is_plain = stop.group() != "." or begin > stop.end() or not last[:1].isupper() or last.isupper()
    if is_plain or _opens_sentence(word.group()) or _dictionary(language) != "en":
        return begin
    return begin if _are_clauses(before, text[word.end() : min(around.end, word.end() + 300)]) else None


def _glued_words(text: str, sentence: Span, language: str) -> Iterator[int]:
    """Where a sentence begins inside a word or after a quote without any stop: "on MondayThousands of people came"."""
    for match in _GLUE.finditer(text, *sentence):
        cut = match.start("next")
        before = text[max(sentence.start, match.start() - 300) : match.start()]
        after = text[match.end() : min(sentence.end, match.end() + 300)]
        if len(_WORD.findall(before)) < 3 or len(_WORD.findall(after)) < 3:
            continue
        if match["first"] is None or _is_two_words(match["first"], match["next"], before, after, language):
            yield cut


def _is_two_words(first: str, second: str, before: str, after: str, language: str) -> bool:
    """Whether a word with a capital inside is the end of one sentence and the start of the next, not a name."""
    if first.lower() in _NEVER_LAST or (len(second) < 3 and not _opens_sentence(second)):
        return False
    from wordfreq import zipf_frequency

    dictionary = _dictionary(language)
    frequency = [zipf_frequency(word.lower(), dictionary) for word in (first + second, first, second)]
    # Listed names of companies and products start at about 1.2; 2.5 is three times in ten million words.
    if frequency[0] >= 1.2 or frequency[1] < 2.5 or frequency[2] < 3.5:
        return False
    if _opens_sentence(second):
        return first[0].islower() or _is_name(first, dictionary)
    if dictionary == "en" and not _are_clauses(before, after):
        return False
    if first[0].islower():
        return True
    # Companies join two nouns. The capitalised last word of a sentence is a name: one that the dictionary knows, or one
    # after a preposition where a plural opens the next sentence, as it rarely ends the name of a company.
    if _is_name(first, dictionary):
        return not _is_name(second, dictionary)
    is_plural = _lemma(second, dictionary) + "s" == second.lower()
    return is_plural and _PREPOSITION.search(before) is not None


def _are_clauses(before: str, after: str) -> bool:
    """Whether both have a verb: a name with a capital inside is part of one clause, what was glued together are two."""
    return _FINITE.search(before) is not None and _FINITE.search(after) is not None


def _is_name(word: str, language: str) -> bool:
    """Whether the dictionary writes the word with a capital, as it does weekdays and months."""
    return _lemma(word, language)[:1].isupper()


def _lemma(word: str, language: str) -> str:
    from simplemma import lemmatize

    return str(lemmatize(word.lower(), lang=language))


@cache
def _dictionary(language: str) -> str:
    """The language itself where both dictionaries have it and it writes spaces, otherwise English."""
    from simplemma.strategies.dictionaries.dictionary_factory import SUPPORTED_LANGUAGES
    from wordfreq import available_languages

    return language if language in available_languages() and language in SUPPORTED_LANGUAGES else "en"


def _opens_sentence(word: str) -> bool:
    return re.split("['’]", word.lower(), maxsplit=1)[0] in _STARTERS
