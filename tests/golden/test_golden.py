"""The record of the example reports is the one that a person has read and committed (`rewrite` says how)."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

from communique.record.reader import open_record
from tests.golden.digest import digest
from tests.golden.rewrite import GOLDEN


def test_the_record_of_the_examples_is_the_one_that_was_read(example_record: Path) -> None:
    with open_record(example_record) as record:
        found = digest(record)
    difference = list(unified_diff(GOLDEN.read_text("utf-8").split("\n"), found, "read", "now", n=0, lineterm=""))
    assert not difference, "\n".join(
        ["the record has changed: python -m tests.golden.rewrite, then read git diff tests/golden", *difference]
    )
