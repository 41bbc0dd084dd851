"""The README says what is true: its rule table, its commands, its excerpt."""

from __future__ import annotations

import json
import re
from pathlib import Path

from evaltool.planting import KINDS, REWORDINGS
from evaltool.rules import all_rules

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_rule_stands_in_the_table_with_its_first_sentence() -> None:
    rows = re.findall(r"^\| `([a-z-]+)` \| (\S+) \| (.+) \|$", README, re.MULTILINE)
    assert rows == [(r.id, r.category.value, " ".join(r.doc.split("\n\n")[0].split())) for r in all_rules()]


def test_the_excerpt_quotes_the_articles_of_the_repository() -> None:
    block = re.search(r"```json\n(.*?)```", README, re.DOTALL)
    assert block is not None
    flag = json.loads(block[1])
    variant = (ROOT / "seeds" / f"{flag['system']}.txt").read_text(encoding="utf-8")
    reference = (ROOT / "reference" / f"{flag['article']}.txt").read_text(encoding="utf-8")
    assert variant[slice(*flag["variant_span"])] == flag["variant_text"]
    assert reference[slice(*flag["reference_span"])] == flag["reference_text"]


def test_every_linked_file_is_there() -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", README):
        assert target.startswith("https://") or (ROOT / target).is_file(), target


def test_the_page_of_measured_rules_has_every_rule_and_every_planted_kind() -> None:
    page = (ROOT / ".github" / "rules.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| ([a-z][a-z-]*) \| (?!category|made)", page, re.MULTILINE)
    assert listed == [*KINDS, *REWORDINGS, *(rule.id for rule in all_rules())], (
        "evaltool rules --selftest --out .github/rules.md"
    )
