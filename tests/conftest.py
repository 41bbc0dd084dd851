from __future__ import annotations

import pytest

from evaltool import Evaluator


@pytest.fixture(scope="session")
def evaluator() -> Evaluator:
    return Evaluator()
