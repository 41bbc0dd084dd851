"""Tables and weights that the package ships, and the scripts that built them."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files


@cache
def weights() -> dict[str, str]:
    """SHA-256 of the files that hold fitted weights, by what they are of: ``drift``, ``judge`` and ``substitution``.

    Runs that were judged by other weights cannot be compared, whatever the version says.
    """
    names = {"drift": "drift.json", "judge": "judge.safetensors", "substitution": "substitution.json"}
    folder = files("evaltool") / "data"
    return {of: hashlib.sha256((folder / name).read_bytes()).hexdigest() for of, name in names.items()}
