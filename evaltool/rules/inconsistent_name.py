"""A name is spelled in two ways within the variant where the reference spells it in one.

Compared are the variant's words that stand for the same name of the reference, in the whole document. Accepted are the
possessive, the plural, a country for its people, accents, and the full name beside a part of it. Marked is each
spelling other than the reference's, or, where the variant never has that, than the one it mostly uses.

Severity: minor.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from evaltool import lexicon
from evaltool.mqm import Category, Severity
from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope
from evaltool.rules._names import is_name, name_key, plain, same_family, similar, transliteration_key, zipf
from evaltool.words import AlignedSegment, Word

_SAME = 0.84  # likeness from which two spellings are taken for the same name
_USUAL = 4.0  # zipf frequency above which a word of the language is just that word
_KNOWN = 3.0  # zipf frequency from which two spellings are two names
_ORDINARY = 4.5  # zipf frequency above which a word is no name of its own


def find(document: AlignedDocument) -> Iterator[Hit]:
    """Yield each word that spells a name in another way than the variant mostly does."""
    spellings: dict[str, list[tuple[Word, Word]]] = defaultdict(list)
    for segment in document.segments:
        for ours, theirs in _pairs(segment):
            spellings[name_key(theirs.form)].append((ours, theirs))
    for pairs in spellings.values():
        counts = Counter(_base(ours) for ours, _ in pairs)
        if len(counts) == 1:
            continue
        own = _base(pairs[0][1])  # the reference's spelling, where the variant has it too
        first = own if own in counts else next(_base(o) for o, _ in pairs if counts[_base(o)] == max(counts.values()))
        for ours, theirs in pairs:
            main = next(o for o, _ in pairs if _base(o) == first)
            if _base(ours) in (first, _base(theirs)) or first.startswith(_base(ours)):
                continue
            if min(zipf(plain(ours.form)), zipf(plain(main.form))) >= _KNOWN and not _sounds_alike(ours, main):
                continue  # "Tunis", "Tunisia"
            if same_family(_base(ours), first) or same_family(plain(ours.form), plain(main.form)):
                continue
            yield Hit(
                Severity.MINOR,
                f"“{theirs.text}” of the reference is “{ours.text}” here and “{main.text}” elsewhere in the variant.",
                variant_span=ours.span,
                reference_span=theirs.span,
                suggestion=main.text,
                evidence={"main spelling": main.text, "times": counts[first]},
                confidence=0.8,
            )


def _pairs(segment: AlignedSegment) -> Iterator[tuple[Word, Word]]:
    """(variant's word, reference's word) of the same name, as far as its form tells."""
    names = [w for w in segment.reference.words if is_name(w, segment) and zipf(plain(w.form)) <= _ORDINARY]
    for ours in segment.variant.words:
        if not names or not is_name(ours, segment):
            continue
        likeness, _, theirs = max((_likeness(ours, w), -w.span.start, w) for w in names)
        if lexicon.is_word(ours.lemma) and zipf(plain(ours.form)) > _USUAL:
            continue  # "Committee" is no other spelling of "Communist"
        if likeness >= _SAME and not (ours.is_acronym ^ theirs.is_acronym):
            yield ours, theirs


def _sounds_alike(ours: Word, other: Word) -> bool:
    return transliteration_key(ours.text) == transliteration_key(other.text)


def _likeness(ours: Word, theirs: Word) -> float:
    """0..1, 1 for two romanisations of one name."""
    return 1.0 if _sounds_alike(ours, theirs) else similar(ours.text, theirs.text)


def _base(word: Word) -> str:
    """A spelling without accents, case and the ending of a plural."""
    form = plain(word.form)
    return form[:-1] if form.endswith("s") and not form.endswith("ss") else form


RULE = Rule(
    category=Category.INCONSISTENT,
    find=find,
    scope=Scope.DOCUMENT,
    languages=ENGLISH,
    examples=(
        Example(
            "The mayor met Yusuf in May. Later Yusuf left the town. In June Yusuf came back.",
            "The mayor met Yusuf in May. Later Yusuf left the town. In June ⟦Youssouf⟧ came back.",
        ),
        Example(
            "The mayor met Yusuf in May. Later Yusuf’s bus left the town.",
            "The mayor met Youssouf in May. Later Youssouf’s bus left the town.",
        ),
    ),
)
