"""``python -m eval.questions QUESTIONS.json FOLDER``: are the questions about a folder of reports answered?

Builds the record of FOLDER, runs for each question the commands that `table.toml` names for it, as anybody would run
them, and looks whether their output shows the facts of the answer, and nothing that the texts leave open.

QUESTIONS holds a list of objects with id, question, answer and difficulty. The table speaks of the founding corpus.
"""

from __future__ import annotations

import argparse
import json
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("table.toml")
BARS = {"easy": 1.0, "medium": 0.9, "hard": 0.75}


@dataclass(frozen=True, slots=True)
class Answer:
    """What the commands of a question showed: patterns that are missing, and words that must not be there."""

    output: str
    missing: tuple[str, ...]
    false: tuple[str, ...]

    @property
    def is_right(self) -> bool:
        return not self.missing and not self.false


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line a question and the shares by difficulty; 1 where a share is below its bar, 0 otherwise."""
    options = _parse_options(arguments)
    if not options.questions.is_file() or not options.folder.is_dir():
        print(f"skipped: questions ({options.questions} or {options.folder} is not there)")
        return 0
    questions = json.loads(options.questions.read_text("utf-8"))
    table = tomllib.loads(TABLE.read_text("utf-8"))
    if unknown := [question["id"] for question in questions if question["id"] not in table]:
        print(f"without a row in {TABLE.name}, and not counted: {', '.join(unknown)}")
    questions = [question for question in questions if question["id"] in table]
    with tempfile.TemporaryDirectory() as folder:
        record = options.record or Path(folder) / "questions.db"
        if not options.record:
            _run(["build", str(options.folder), "--record", str(record)])
        answers = {question["id"]: answer(table[question["id"]], record) for question in questions}
    for question in questions:
        if not options.only or question["id"] in options.only:
            show(question, answers[question["id"]], table[question["id"]], options.output)
    return show_shares(questions, answers)


def _parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.questions", description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("questions", type=Path, help="questions with answers, as JSON")
    parser.add_argument("folder", type=Path, help="the reports that they are about")
    parser.add_argument("--record", type=Path, help="a record of them, instead of building one")
    parser.add_argument("--only", nargs="*", help="show these questions only, by id")
    parser.add_argument("--output", action="store_true", help="and what the commands printed")
    return parser.parse_args(arguments)


def answer(row: Mapping[str, Any], record: Path) -> Answer:
    """Runs the commands of a question, and holds their output against what it must and must not show."""
    printed = [_run([*shlex.split(command), "--record", str(record)]) for command in row["commands"]]
    output = re.sub(r"[ \t\u00a0\u202f]+", " ", "\n".join(printed))
    missing = tuple(pattern for pattern in row["shows"] if not _find(pattern, output))
    return Answer(output, missing, tuple(pattern for pattern in row.get("never", ()) if _find(pattern, output)))


def _find(pattern: str, output: str) -> bool:
    return re.search(pattern, output, re.IGNORECASE) is not None


def _run(arguments: Sequence[str]) -> str:
    done = subprocess.run([sys.executable, "-m", "communique", *arguments], capture_output=True, text=True, check=False)
    return done.stdout if done.returncode in (0, 3) else f"{done.stdout}\n[exit {done.returncode}] {done.stderr}"


def show(question: Mapping[str, Any], found: Answer, row: Mapping[str, Any], with_output: bool) -> None:
    """A question, what was asked of the program, and what its output lacks or claims."""
    word = "ok  " if found.is_right else "FAIL"
    print(f"{word} {question['id']} {question['difficulty']:6}  {question['question']}")
    for command in row["commands"]:
        print(f"       communique {command}")
    for pattern in found.missing:
        print(f"       not shown: {pattern}")
    for pattern in found.false:
        print(f"       claimed, and left open by the texts: {pattern}")
    if with_output:
        print(found.output)


def show_shares(questions: Sequence[Mapping[str, Any]], answers: Mapping[str, Answer]) -> int:
    """The share of questions answered, by difficulty, beside its bar; how often false certainty shows."""
    total = Counter(question["difficulty"] for question in questions)
    right = Counter(question["difficulty"] for question in questions if answers[question["id"]].is_right)
    for name, bar in BARS.items():
        print(f"answered, {name}: {right[name]}/{total[name]}  (bar {bar:.0%})")
    false = sum(len(found.false) for found in answers.values())
    print(f"certain where the texts are not: {false}  (bar 0)")
    return int(false > 0 or any(right[name] < bar * total[name] for name, bar in BARS.items()))


if __name__ == "__main__":
    sys.exit(main())
