"""The error rules, one file each. A new rule is one new file here and its test; nothing else is edited.

Rules are found by walking this package in sorted order; a rule's id is its file name with dashes, its documentation the
file's docstring. Files that start with an underscore are helpers.
"""

from __future__ import annotations

import dataclasses
import importlib
import pkgutil
from functools import cache

from evaltool.rules._base import ENGLISH, AlignedDocument, Example, Hit, Rule, Scope

__all__ = ["ENGLISH", "AlignedDocument", "Example", "Hit", "Rule", "Scope", "all_rules"]


@cache
def all_rules() -> tuple[Rule, ...]:
    """Every rule of the package, sorted by id."""
    rules = []
    for info in sorted(pkgutil.iter_modules(__path__), key=lambda info: info.name):
        if info.name.startswith("_"):
            continue
        module = importlib.import_module(f"{__name__}.{info.name}")
        rule: Rule = module.RULE
        rules.append(dataclasses.replace(rule, id=info.name.replace("_", "-"), doc=(module.__doc__ or "").strip()))
    return tuple(rules)
