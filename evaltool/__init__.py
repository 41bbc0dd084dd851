"""evaltool: finds what a careful editor finds in machine-translated or paraphrased text, offline.

>>> from evaltool import Evaluator
>>> evaluation = Evaluator().evaluate(reference_text, variant_text, profile="translation")  # doctest: +SKIP
"""

from __future__ import annotations

from importlib.metadata import version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from evaltool.evaluate import Evaluator
    from evaltool.model import Evaluation, Flag, InputError, Segment

__version__ = version("evaltool")
__all__ = ["Evaluation", "Evaluator", "Flag", "InputError", "Segment", "__version__"]


def __getattr__(name: str) -> Any:
    # The command line imports this package for every call: what it exports is imported when it is used.
    if name == "Evaluator":
        from evaltool.evaluate import Evaluator

        return Evaluator
    if name in __all__:
        from evaltool import model

        return getattr(model, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
