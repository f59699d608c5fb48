"""``problems``: what was not read, or not wholly, with the reason and what to do; and that all inputs add up."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, cast

import click

from communique.cli.output import choose_record, json_option, look_into, print_json, record_argument, record_option, say
from communique.record.reader import Record

OUTCOMES = ("read", "partial", "refused", "duplicate")


@click.command()
@record_argument
@record_option
@json_option
def problems(named: Path | None, record: Path, as_json: bool) -> None:
    """Lists what could not be read, or only in part, and what could not be annotated: reason and next step.

    The last line counts every item that was ever given: read, in part, refused, duplicate of another.

    \b
    Examples:
      communique problems
      communique problems kerry.db --json
    """
    path = choose_record(named, record)
    with look_into(path) as opened:
        inputs = find_inputs(opened)
        told = _find_told(opened)
        passed = _find_passed_over(opened)
    counts = {outcome: sum(row["outcome"] == outcome for row in inputs) for outcome in OUTCOMES}
    if as_json:
        print_json(
            {
                "record": str(path),
                "seen": len(inputs),
                **counts,
                "inputs": inputs,
                "problems": told,
                "passed_over": passed,
            }
        )
        return
    for row in told:
        after = f"; {row['next_step']}" if row["next_step"] else ""
        say(f"{row['outcome']}  {row['reason']}{after}")
    for row in passed:
        kinds = ", ".join(f"{kind['number']} {kind['kind']}" for kind in row["passed_over"])
        say(f"passed over  {row['name']}: {kinds}")
    parts = ", ".join(f"{number} {outcome}" for outcome, number in counts.items())
    say(f"{path}: {len(inputs)} seen = {parts}")


def find_inputs(record: Record) -> list[dict[str, Any]]:
    """Every item that was ever given, by name, with its outcome."""
    rows = record.query(
        "SELECT f.name, f.sha256, f.problem IS NOT NULL, f.contents, d.id,"
        " d.id IS NOT NULL AND (d.file, d.sha256) = (f.name, f.sha256), d.losses"
        " FROM files f LEFT JOIN documents d ON d.id = f.document ORDER BY f.name, f.sha256"
    )
    inputs = []
    for name, sha256, is_told, contents, document, is_own, losses in rows:
        if contents is not None:
            if not is_told:
                continue  # a container of which nothing was lost is its items
            held = record.query(
                "SELECT count(*) FROM files WHERE source = ? AND document IS NOT NULL AND name <> ?", (name, name)
            )
            outcome = "partial" if held[0][0] else "refused"
        elif document is None:
            outcome = "refused"
        elif not is_own:
            outcome = "duplicate"
        else:
            outcome = "partial" if losses != "[]" else "read"
        inputs.append({"name": name, "sha256": sha256, "outcome": outcome, "document": document})
    return inputs


def _find_told(record: Record) -> list[dict[str, Any]]:
    """The problems of reading and annotating, each with what came of its subject."""
    outcomes = {row["name"]: row["outcome"] for row in find_inputs(record)}
    told = []
    for row in record.iter_rows("problems"):
        outcome = outcomes.get(row["subject"], "partial" if row["stage"] == "read" else "not annotated")
        if row["stage"] in ("read", "annotate"):
            told.append({"outcome": outcome, **row})
    return sorted(told, key=lambda row: (row["outcome"], row["reason"]))


def _find_passed_over(record: Record) -> list[dict[str, Any]]:
    rows = record.query("SELECT name, contents FROM files WHERE contents IS NOT NULL ORDER BY name")
    found = [(name, json.loads(cast("str", contents))) for name, contents in rows]
    return [{"name": name, "passed_over": held["passed_over"]} for name, held in found if held["passed_over"]]
