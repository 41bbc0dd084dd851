"""Glossaries: what CSV and TBX files say, and how bad ones end."""

from __future__ import annotations

from copy import copy
from pathlib import Path

import pytest

from evaltool import Evaluator
from evaltool.glossary import Concept, Glossary, read
from evaltool.model import InputError
from evaltool.mqm import Severity

TBX_2008 = """<?xml version="1.0"?>
<martif type="TBX"><text><body><termEntry id="c1">
 <langSet xml:lang="en-GB">
  <tig><term>coastguard</term><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></tig>
  <tig><term>shore  watch</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></tig>
 </langSet>
 <langSet xml:lang="de"><tig><term>Küstenwache</term></tig></langSet>
</termEntry></body></text></martif>"""
TBX_2019 = """<tbx xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry>
 <langSec xml:lang="en"><termSec><term>coastguard</term></termSec>
  <termSec><term>shore watch</term><termNote type="administrativeStatus">supersededTerm</termNote></termSec></langSec>
</conceptEntry></body></text></tbx>"""
COASTGUARD = Glossary((Concept(("coastguard",), ("shore watch",)),))


def written(folder: Path, name: str, content: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_a_csv_file_lists_preferred_and_forbidden_terms(tmp_path: Path) -> None:
    path = written(
        tmp_path, "g.csv", "\ufeffpreferred,forbidden,note\nrebel,insurgent|anti-government  force,\nmayor,,\n"
    )
    assert read(path).concepts == (
        Concept(("rebel",), ("insurgent", "anti-government force")),
        Concept(("mayor",), ()),
    )


@pytest.mark.parametrize("content", [TBX_2008, TBX_2019], ids=["2008", "2019"])
def test_a_tbx_file_tells_terms_apart_by_their_status(tmp_path: Path, content: str) -> None:
    assert read(written(tmp_path, "g.tbx", content)) == COASTGUARD


def test_the_terms_of_another_language_are_another_glossary(tmp_path: Path) -> None:
    assert read(written(tmp_path, "g.tbx", TBX_2008), "de").concepts == (Concept(("Küstenwache",)),)


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("g.csv", "term,avoid\na,b\n", "line 1: the header must have the columns preferred and forbidden"),
        ("g.csv", "preferred,forbidden\n,insurgent\n", "row 2: “insurgent” has no preferred term"),
        ("g.csv", b"preferred,forbidden\n\xff,b\n", "save the glossary as UTF-8"),
        ("g.csv", "preferred,forbidden\n", "no terms for 'en'"),
        ("g.tbx", "<martif><text>", "is no XML"),
    ],
)
def test_a_bad_glossary_is_one_line_that_names_the_file(
    tmp_path: Path, name: str, content: str | bytes, said: str
) -> None:
    path = written(tmp_path, name, content)
    with pytest.raises(InputError) as error:
        read(path)
    assert str(path) in str(error.value)
    assert said in str(error.value)
    assert "\n" not in str(error.value)


def test_a_missing_glossary_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read"):
        read(tmp_path / "none.csv")


def test_entities_of_a_tbx_file_are_not_followed(tmp_path: Path) -> None:
    secret = written(tmp_path, "secret.txt", "a secret")
    declared = f'<!DOCTYPE tbx [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    path = written(tmp_path, "g.tbx", declared + TBX_2019.replace(">coastguard<", ">coastguard&x;<"))
    assert "secret" not in str(read(path))


def test_without_a_glossary_the_rule_is_listed_as_not_applied(evaluator: Evaluator) -> None:
    assert evaluator.evaluate("The rebels left.", "The rebels left.").not_applied["wrong-term"] == "no glossary"


def test_a_preferred_term_that_is_not_used_is_a_note(evaluator: Evaluator) -> None:
    own = copy(evaluator)
    own.glossary = COASTGUARD
    evaluation = own.evaluate("The coastguard saved them all.", "The coast patrol saved them all.")
    (note,) = [flag for flag in evaluation.flags if flag.rule == "wrong-term"]
    assert (note.severity, note.reference_text) == (Severity.NEUTRAL, "coastguard")
    assert "wrong-term" not in evaluation.not_applied
