"""Settings: from a TOML file and the command line, validated here only, frozen from then on."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

import msgspec

from evaltool import glossary
from evaltool.glossary import Glossary
from evaltool.model import InputError, Profile

TABLES = ("csv", "parquet")
ENCODINGS = ("utf-8", "cp1252")


FolderName = Annotated[str, msgspec.Meta(pattern=r"^[^\x00]+$")]


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one run does.

    Attributes:
        reference: folder of reference articles (or one file).
        variants: folder of variants, flat or one folder per article.
        out: the run folder to write.
        model: a sentence-transformers folder or name; None is the embedded model.
        language: ISO 639-1 code of the articles.
        encoding: of the input files: utf-8 (with or without a byte order mark) or cp1252.
        profile: what a variant is meant to be where ``profiles`` does not say.
        profiles: system name -> profile.
        workers: processes that evaluate side by side.
        tables: further formats for segments and flags: csv, parquet.
        glossary: CSV or TBX file of terms to use and to avoid, or None.
    """

    reference: FolderName = "reference"
    variants: FolderName = "seeds"
    out: FolderName = "reports/latest"
    model: str | None = None
    language: Annotated[str, msgspec.Meta(pattern="^[a-z]{2,3}$")] = "en"
    encoding: str = "utf-8"
    profile: Profile = Profile.TRANSLATION
    profiles: dict[str, Profile] = {}
    workers: Annotated[int, msgspec.Meta(ge=1, le=256)] = 1
    tables: tuple[str, ...] = ()
    glossary: FolderName | None = None

    def profile_of(self, system: str) -> Profile:
        """What a system's variants are meant to be."""
        return self.profiles.get(system, self.profile)

    def terms(self) -> Glossary | None:
        """The glossary, read from its file.

        Raises:
            InputError: the file is missing or malformed.
        """
        return glossary.read(Path(self.glossary), self.language) if self.glossary else None

    def judging(self) -> dict[str, object]:
        """The settings that can change a result, for the signature and for comparing runs."""
        terms = {"glossary": sha256(Path(self.glossary).read_bytes()).hexdigest()} if self.glossary else {}
        return {
            **terms,
            "language": self.language,
            "profile": self.profile.value,
            "profiles": {name: profile.value for name, profile in sorted(self.profiles.items())},
        }


def load(path: Path | None, overrides: Mapping[str, object]) -> Settings:
    """Read settings.

    Args:
        path: a TOML file, with the settings in ``[tool.evaltool]`` or at its top level; None looks for a
            ``pyproject.toml`` in the current folder and otherwise takes the defaults.
        overrides: settings that the command line gives, taken as they are.

    Returns:
        Validated settings; folders of a file are relative to that file.

    Raises:
        InputError: the file is missing, no TOML, or has an unknown or wrong setting.
    """
    found: dict[str, Any] = {}
    where = "command line"
    if path is None and Path("pyproject.toml").is_file():
        path = Path("pyproject.toml")
        found = _table(path, required=False)
    elif path is not None:
        found = _table(path, required=True)
    if path is not None:
        where = str(path)
        for name in ("reference", "variants", "out", "glossary"):
            if isinstance(found.get(name), str):
                found[name] = str(path.parent / found[name])
        if isinstance(model := found.get("model"), str) and (path.parent / model).is_dir():
            found["model"] = str(path.parent / model)
    try:
        settings = msgspec.convert(found, Settings)
    except msgspec.ValidationError as error:
        raise InputError(f"{where}: {_explained(error)}") from None
    try:
        settings = msgspec.convert({**msgspec.to_builtins(settings), **overrides}, Settings)
    except msgspec.ValidationError as error:
        raise InputError(f"command line: {_explained(error)}") from None
    for name, value, allowed in (
        ("encoding", (settings.encoding,), ENCODINGS),
        ("tables", settings.tables, TABLES),
    ):
        wrong = [v for v in value if v not in allowed]
        if wrong:
            where = "command line" if name in overrides else where
            raise InputError(f"{where}: setting '{name}' is {wrong[0]!r}; it is one of {', '.join(allowed)}")
    return settings


def _table(path: Path, *, required: bool) -> dict[str, Any]:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"{path}: no such settings file; name a TOML file, or leave it out for the defaults") from None
    except IsADirectoryError:
        raise InputError(f"{path}: is a folder; name a TOML file with the settings") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise InputError(f"{path}: cannot be read as TOML ({error}); correct the file") from None
    tool = data.get("tool", {})
    if isinstance(tool, dict) and isinstance(tool.get("evaltool"), dict):
        return {name: value for name, value in tool["evaltool"].items() if name != "gate"}  # read by the gate alone
    if path.name == "pyproject.toml":
        if required:
            raise InputError(f"{path}: has no table [tool.evaltool]; add one, or name another settings file")
        return {}
    return data


def _explained(error: msgspec.ValidationError) -> str:
    """Msgspec's message with the remedy: the settings there are."""
    known = ", ".join(field.name for field in msgspec.structs.fields(Settings))
    text = str(error).replace("Object contains unknown field", "unknown setting")
    place = ""
    if " - at `$" in text:
        text, _, at = text.partition(" - at `$")
        place = f"setting '{at.strip('.`')}': "
    if "Invalid enum value" in text:
        return f"{place}{text}; a profile is one of {', '.join(Profile)}"
    return f"{place}{text}; the settings are {known}"
