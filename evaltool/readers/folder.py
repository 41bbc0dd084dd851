"""Folders of text files: one reference a file, and its variants flat or in a folder of their own.

Flat, ``<variants>/<system>.txt``, is for one reference; otherwise ``<variants>/<article>/<system>.txt`` goes with
``<reference>/<article>.txt``.
"""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from evaltool.model import Article, InputError


class Reading(NamedTuple):
    """What a folder held.

    Attributes:
        articles: in order of name.
        failures: (article, system, reason) of what is there and cannot be evaluated; system is "" for all of it.
    """

    articles: list[Article]
    failures: list[tuple[str, str, str]]


def read(reference: Path, variants: Path, encoding: str = "utf-8") -> Reading:
    """Read every article.

    Args:
        reference: a folder of .txt files, or one file.
        variants: a folder of .txt files or of folders of them.
        encoding: "utf-8" (a byte order mark is dropped) or "cp1252".

    Raises:
        InputError: a folder is missing or holds nothing usable, or a file is empty or no text.
    """
    references = _references(reference)
    if not variants.is_dir():
        raise InputError(f"{variants}: no such folder of variants; name one with the setting 'variants' or --variants")
    flat = _texts(variants)
    folders = sorted(p for p in variants.iterdir() if p.is_dir() and not p.name.startswith("."))
    nested = [p for p in folders if _texts(p)]
    if flat and nested:
        raise InputError(
            f"{variants}: holds both text files and folders of them; put every variant into <article>/<system>.txt"
        )
    if not flat and not nested:
        raise InputError(f"{variants}: holds no variant; put .txt files there, one per system")
    if flat and len(references) > 1:
        raise InputError(
            f"{variants}: holds variants without saying of which article, and {reference} holds {len(references)}"
            " references; put them into <variants>/<article>/<system>.txt"
        )
    failures = [(p.name, "", f"{p}: holds no variant (no .txt file)") for p in folders if p not in nested and not flat]
    groups: list[tuple[Path, list[Path]]] = []
    if flat:
        groups.append((references[0], flat))
    else:
        by_name = {path.name: _texts(path) for path in nested}
        for path in references:
            found = by_name.pop(path.stem, None)
            if found is None and not (variants / path.stem).is_dir():
                failures.append((path.stem, "", f"{variants / path.stem}: no folder with variants of this article"))
            elif found is not None:
                groups.append((path, found))
        failures += [
            (name, "", f"{reference}: no reference {name}.txt for the variants in {variants / name}")
            for name in by_name
        ]
        if not groups:
            raise InputError(
                f"{variants}: none of its folders has the name of a reference in {reference}; name them alike"
            )
    articles = [
        Article(
            name=path.stem,
            reference=read_text(path, encoding),
            variants={p.stem: read_text(p, encoding) for p in found},
            files={"": str(path), **{p.stem: str(p) for p in found}},
        )
        for path, found in groups
    ]
    return Reading(articles, failures)


def read_text(path: Path, encoding: str = "utf-8") -> str:
    """Read one file as text, line ends untouched.

    Args:
        path: the file.
        encoding: "utf-8" or "cp1252".

    Raises:
        InputError: the file is missing, empty, no text, or not in that encoding.
    """
    if path.exists() and not path.is_file():
        raise InputError(f"{path}: is no regular file; put the text in one")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"{path}: cannot be read ({error.strerror}); check the name and its permissions") from None
    return decoded(data, str(path), encoding)


def decoded(data: bytes, path: str, encoding: str) -> str:
    """The text that bytes hold.

    Args:
        data: what was read.
        path: where from, for messages.
        encoding: "utf-8" or "cp1252".

    Raises:
        InputError: as for `read_text`.
    """
    try:
        text = data.decode("utf-8-sig" if encoding == "utf-8" else encoding)
    except UnicodeDecodeError as error:
        # utf-8-sig counts from behind a byte order mark; the place is given in the file.
        at = error.start + (3 if encoding == "utf-8" and data.startswith(b"\xef\xbb\xbf") else 0)
        remedy = 'save it as UTF-8, or set encoding = "cp1252" if that is what it is'
        if encoding != "utf-8":
            remedy = "save it as UTF-8 and leave the encoding out"
        raise InputError(f"{path}: not {encoding.upper()} at byte {at} (0x{data[at]:02x}); {remedy}") from None
    if "\0" in text:
        at = data.index(b"\0")
        raise InputError(f"{path}: not a text file (a zero byte at {at}); give plain text")
    if not text.strip():
        raise InputError(f"{path}: the file is empty; remove it or put the text in")
    return text


def _references(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise InputError(f"{path}: no such reference folder; name one with the setting 'reference' or --reference")
    found = _texts(path)
    if not found:
        raise InputError(f"{path}: holds no reference; put the trusted text there as <article>.txt")
    return found


def _texts(folder: Path) -> list[Path]:
    """The text files of a folder by name; other files and hidden ones are not looked at."""
    found = sorted(p for p in folder.iterdir() if p.suffix.lower() == ".txt" and not p.is_dir() and p.name[0] != ".")
    for path in found:
        if any("\ud800" <= c <= "\udfff" for c in path.name):
            raise InputError(f"{str(path).encode('utf-8', 'replace').decode()}: the file name is not UTF-8; rename it")
    return found
