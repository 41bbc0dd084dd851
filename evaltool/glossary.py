"""Glossaries: which terms a text should use, and which it should not. Read from CSV or TBX files.

A CSV file has a header line with the columns ``preferred`` and ``forbidden``; several terms of one field are separated
by ``|``. A TBX file (ISO 30042, with the 2008 or the 2019 names of its elements) tells terms apart by their
``administrativeStatus``; terms without one are preferred.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from evaltool.model import InputError

if TYPE_CHECKING:
    from lxml.etree import _Element

_COLUMNS = ("preferred", "forbidden")
_FORBIDDEN = ("deprecated", "superseded")  # deprecatedTerm, deprecatedTerm-admn-sts, supersededTerm-admn-sts
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


@dataclass(frozen=True, slots=True)
class Concept:
    """The terms for one concept.

    Attributes:
        preferred: terms to use, the first one best; at least one.
        forbidden: terms not to use.
    """

    preferred: tuple[str, ...]
    forbidden: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Glossary:
    """A glossary.

    Attributes:
        concepts: in the order of the file.
    """

    concepts: tuple[Concept, ...]


def read(path: Path, language: str = "en") -> Glossary:
    """Read a glossary; ``.tbx`` and ``.xml`` files are TBX, all others CSV.

    Args:
        path: the file.
        language: ISO 639-1 code of the terms to take from a TBX file ("en" takes "en-GB" too).

    Raises:
        InputError: the file is missing, malformed, or holds no term of the language.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: the glossary cannot be read ({error.strerror}); name a CSV or TBX file") from None
    concepts = _tbx(data, path, language) if path.suffix.casefold() in (".tbx", ".xml") else _csv(data, path)
    if not concepts:
        raise InputError(f"{path}: the glossary has no terms for {language!r}; add some, or leave the setting out")
    return Glossary(tuple(concepts))


def _csv(data: bytes, path: Path) -> list[Concept]:
    try:
        lines = data.decode("utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is no UTF-8; save the glossary as UTF-8") from None
    try:
        rows = list(csv.DictReader(lines, strict=True))
    except csv.Error as error:
        raise InputError(f"{path}: is no CSV ({error}); correct the file") from None
    if rows and not set(_COLUMNS) <= rows[0].keys():
        raise InputError(f"{path}, line 1: the header must have the columns {' and '.join(_COLUMNS)}")
    concepts = []
    for number, row in enumerate(rows, 2):
        preferred, forbidden = (_split(row[name]) for name in _COLUMNS)
        if not preferred and forbidden:
            raise InputError(f"{path}, row {number}: “{forbidden[0]}” has no preferred term; add one")
        if preferred:
            concepts.append(Concept(preferred, forbidden))
    return concepts


def _split(field: str | None) -> tuple[str, ...]:
    return tuple(term for part in (field or "").split("|") if (term := " ".join(part.split())))


def _tbx(data: bytes, path: Path, language: str) -> list[Concept]:
    from lxml import etree

    # Input is hostile: no entities, no DTD, nothing from the network.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise InputError(f"{path}: is no XML ({error.msg}); correct the file") from None
    concepts = []
    for entry in root.iter("{*}termEntry", "{*}conceptEntry"):
        found: dict[bool, list[str]] = {False: [], True: []}
        for section in entry.iter("{*}langSet", "{*}langSec"):
            if str(section.get(_LANGUAGE, "")).casefold().split("-")[0] != language:
                continue
            for group in section.iter("{*}tig", "{*}ntig", "{*}termSec"):
                term = group.find(".//{*}term")
                words = " ".join("".join(map(str, term.itertext())).split()) if term is not None else ""
                if words:
                    found[_is_forbidden(group)].append(words)
        if found[False]:
            concepts.append(Concept(tuple(found[False]), tuple(found[True])))
    return concepts


def _is_forbidden(group: _Element) -> bool:
    notes = list(group.iter("{*}termNote", "{*}administrativeStatus"))
    return any(
        (n.get("type") == "administrativeStatus" or "administrativeStatus" in str(n.tag))
        and (n.text or "").strip().startswith(_FORBIDDEN)
        for n in notes
    )
