"""Somebody who touches whatever can be touched, for a while: nothing is said, nothing comes to a halt."""

from __future__ import annotations

from typing import Any

import pytest

CHANGES = 300
FORMS = {"question", "scan", "review", "consent"}


@pytest.mark.timeout(600)
@pytest.mark.parametrize("seed", [20261123])
def test_random_use_leads_everywhere_and_says_nothing(visitor: Any, seed: int):
    from wandering import Wanderer  # noqa: PLC0415 -- found beside the driver

    wanderer = Wanderer(visitor, seed)
    for _ in wanderer.wander(CHANGES):
        assert visitor.page != "problem", visitor.views.problem.property("code")
    assert wanderer.seen.keys() >= FORMS, wanderer.seen
    assert wanderer.halts < CHANGES / 4, (seed, wanderer.seen)
