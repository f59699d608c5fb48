"""What fuzzing found stays mended; and a short run finds nothing new. Long ones: ``python -m fuzz``."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from fuzz.__main__ import FINDINGS, mutate
from fuzz.samples import SAMPLES
from fuzz.targets import TARGETS


@pytest.mark.parametrize("target", TARGETS)
def test_samples_and_some_mutations_of_them_break_nothing(target: str) -> None:
    chance = random.Random(7)
    for content in (*SAMPLES[target], *(mutate(SAMPLES[target], chance) for _ in range(40))):
        TARGETS[target](content)


@pytest.mark.parametrize("path", sorted(FINDINGS.glob("*/*")), ids=lambda path: f"{path.parent.name}-{path.name}")
def test_what_was_found_is_mended(path: Path) -> None:
    TARGETS[path.parent.name](path.read_bytes())
