"""The table of questions: its commands exist, its patterns are patterns, and a question is judged by both lists."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

from communique.cli import app
from eval.questions.__main__ import TABLE, answer, main

ROWS = tomllib.loads(TABLE.read_text("utf-8"))


@pytest.mark.parametrize("name", ROWS)
def test_every_question_has_commands_and_facts(name: str) -> None:
    row = ROWS[name]
    assert {shlex.split(command)[0] for command in row["commands"]} <= set(app.commands)
    assert row["shows"]
    for pattern in (*row["shows"], *row.get("never", ())):
        re.compile(pattern)


def test_an_answer_lacks_what_is_not_shown_and_claims_what_must_not_be(example_record: Path) -> None:
    asked = {
        "commands": ["list documents"],
        "shows": ["8 May 2013", "Atlantis"],
        "never": ["Harbour Courier", "Lemuria"],
    }
    found = answer(asked, example_record)
    assert (found.missing, found.false, found.is_right) == (("Atlantis",), ("Harbour Courier",), False)


def test_without_material_the_measure_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main([str(tmp_path / "none.json"), str(tmp_path)]) == 0
    assert capsys.readouterr().out.startswith("skipped: questions (")
