"""Closed classes of English words and spelling conventions that several stages need.

Closed classes only: words that can be listed completely. Open-class vocabulary comes from frequency lists and from the
reference itself.
"""

from __future__ import annotations

import re
from functools import cache

ARTICLES = frozenset(["a", "an", "the"])
PRONOUNS = frozenset(
    """
    i you he she it we they me him her us them my your his its our their mine yours hers ours theirs myself
    yourself himself herself itself ourselves yourselves themselves who whom whose which what that this these
    those one ones each other another such some any all both either neither none everyone everybody everything
    someone somebody something anyone anybody anything nobody nothing
    """.split()
)
PREPOSITIONS = frozenset(
    """
    about above across after against along amid among amongst around as at before behind below beneath beside
    besides between beyond by despite down during except for from in inside into near of off on onto out outside
    over past per since through throughout till to toward towards under underneath until unto up upon via with
    within without
    """.split()
)
CONJUNCTIONS = frozenset(
    """
    and or but nor so yet if unless because although though while whereas when whenever where wherever whether
    than as that once since until how why
    """.split()
)
AUXILIARIES = frozenset(
    """
    be am is are was were been being have has had having do does did doing will would shall should can could may
    might must ought need dare get gets got getting
    """.split()
)
ADVERBS = frozenset(
    """
    also too very only just even still already again then there here now however therefore thus meanwhile
    moreover furthermore more most less least much many few not no n't never ever rather quite almost nearly
    well back away further instead later earlier ago otherwise together apart
    """.split()
)
FUNCTION = ARTICLES | PRONOUNS | PREPOSITIONS | CONJUNCTIONS | AUXILIARIES | ADVERBS

#: Past forms that are also words of their own, which is what a lemmatiser takes them for.
ALSO_PAST_OF = {
    "bore": "bear", "bound": "bind", "fell": "fall", "felt": "feel", "found": "find", "ground": "grind", "lay": "lie",
    "left": "leave", "lost": "lose", "met": "meet", "rose": "rise", "saw": "see", "shot": "shoot", "spoke": "speak",
    "stole": "steal", "won": "win", "wound": "wind",
}  # fmt: skip

NEGATORS = frozenset(
    """
    not no never none neither nor nobody nothing nowhere without cannot hardly scarcely barely
    """.split()
)

#: Words that deny, refuse, end or exclude: with them a sentence can say in other words what a negator says.
NEGATIVE_SENSE = frozenset(
    """
    fail failure deny denial refuse refusal reject rejection decline lack absence absent avoid prevent stop cease
    halt forbid prohibit ban exclude except unless rule nil zero few little only instead rather free spare escape
    miss unable impossible unlikely doubt dispute contest contradict oppose resist abstain abandon cancel withdraw
    acquit clear waive exempt lose loss otherwise unlike dismiss rebut too anything seldom rarely hardly
    """.split()
)

_UK_US = (
    (re.compile(r"(?<=[a-z]{3})is(?=(e|ed|es|er|ers|ing|ation|ations)$)"), "iz"),
    (re.compile(r"(?<=[a-z]{2})ys(?=(e|ed|es|er|ers|ing)$)"), "yz"),
    (re.compile(r"(?<=[a-z]{2})our(?=(s|ed|ing|ful|less|able|ably|ite|ites|hood|ly|al|er|ers|)$)"), "or"),
    (re.compile(r"(?<=[a-z]{2})tre(?=s?$)"), "ter"),
    (re.compile(r"(?<=[a-z]{3})bre(?=s?$)"), "ber"),
    (re.compile(r"(?<=[a-z]{2})ogue(?=s?$)"), "og"),
    (re.compile(r"(?<=[a-z]{2})ence$"), "ense"),
    (re.compile(r"(?<=[aeiou])ll(?=(ed|ing|er|ers|ation|ment)$)"), "l"),
    (re.compile(r"amme(?=s?$)"), "am"),
    (re.compile(r"sulph"), "sulf"),
    (re.compile(r"(?<=[a-z])ae(?=[a-z])"), "e"),
    (re.compile(r"(?<=[a-z])oe(?=[a-z]{2})"), "e"),
    (re.compile(r"(?<=[a-z]{3})wards$"), "ward"),
    (re.compile(r"(?<=[a-z]{3})nn?e(?=s?$)"), "n"),
    (re.compile(r"^grey"), "gray"),
    (re.compile(r"^storey(?=s?$)"), "story"),
    (re.compile(r"^plough"), "plow"),
    (re.compile(r"^kerb"), "curb"),
    (re.compile(r"^tyre(?=s?$)"), "tire"),
    (re.compile(r"^cheque(?=s?$)"), "check"),
)


@cache
def spelling_key(form: str) -> str:
    """A form under which British and American spellings of a lower-case word are the same.

    It may also fold words that merely look like such a pair, so equal keys mean "may be the same word", never more.
    """
    for pattern, replacement in _UK_US:
        form = pattern.sub(replacement, form)
    return form
