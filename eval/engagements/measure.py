"""How many of the engagements that a reader wrote down the program finds, and how right they are.

    python -m eval.engagements.measure [--errors] [--json]

Builds a record of each report in ``reports/`` by itself and pairs its engagements with those of ``expected/`` by the
passages they rest on. Half of the reports are for development; of those held out, figures alone are printed. *Right* is
an engagement with kind, status, date, place and participants as expected, as far as these are judged; roles and
parents are counted beside. *Doubles* are further rows on a passage that is paired already, *extra* rows are on none
that is expected.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import tomllib
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import communique
from eval.ledgers.expected import Expected, Span, load_expected
from eval.ledgers.fields import is_right
from eval.ledgers.pairs import meets, say

HERE = Path(__file__).resolve().parent
REPORTS, EXPECTED = HERE / "reports", HERE / "expected"
HALVES = ("development", "held out")
MAIN = ("kind", "status", "date", "place", "participants")
FIELDS = (*MAIN, "roles", "parent")


@dataclass(frozen=True, slots=True)
class Row:
    """An engagement of the record with its passages."""

    id: str
    spans: tuple[Span, ...]
    values: Mapping[str, Any]


@dataclass(slots=True)
class Outcome:
    """One report: pairs with a verdict a field, what was missed, and rows that are not paired."""

    paired: list[tuple[Expected, Row, dict[str, bool]]] = field(default_factory=list)
    missed: list[Expected] = field(default_factory=list)
    doubles: list[Row] = field(default_factory=list)
    extra: list[Row] = field(default_factory=list)


def compare(expected: list[Expected], found: list[Row]) -> Outcome:
    """Pairs one report's rows. Of several on one passage, the one with most fields right is taken."""
    candidates = []
    for wanted in expected:
        for row in found:
            if meets(row.spans, wanted.spans):
                verdict = _judge(wanted, row)
                rank = (-sum(verdict.values()), wanted.is_optional, wanted.number, row.spans, row.id)
                candidates.append((rank, wanted, row, verdict))
    outcome = Outcome()
    taken: dict[int, Row] = {}
    for _, wanted, row, verdict in sorted(candidates, key=lambda candidate: candidate[0]):
        if wanted.number not in taken and all(row.id != one.id for one in taken.values()):
            taken[wanted.number] = row
            outcome.paired.append((wanted, row, verdict))
    rows = {wanted.key: taken.get(wanted.number) for wanted in expected}
    for wanted, row, verdict in outcome.paired:
        if "parent" in wanted.fields:
            keys = wanted.fields["parent"].split("|")
            parents = [parent.id if (parent := rows.get(key)) else None for key in keys]
            verdict["parent"] = row.values["parent"] in parents
    outcome.paired.sort(key=lambda one: one[0].number)
    outcome.missed = [one for one in expected if one.number not in taken and not one.is_optional]
    used, near = {row.id for row in taken.values()}, {row.id for _, _, row, _ in candidates}
    rest = [row for row in found if row.id not in used]
    outcome.doubles = [row for row in rest if row.id in near]
    outcome.extra = [row for row in rest if row.id not in near]
    return outcome


def _judge(wanted: Expected, row: Row) -> dict[str, bool]:
    """The fields that are expected, each right or wrong."""
    fields = wanted.fields
    verdict = {name: is_right(name, fields[name], row.values[name]) for name in ("kind", "status", "date")}
    found = row.values["place"]
    verdict["place"] = any(
        found is None if not name else found is not None and is_right("source", name, found)
        for name in fields["place"].split("|")
    )
    if "participants" in fields:
        told = [part.partition(":") for part in fields["participants"]]
        verdict["participants"] = is_right("participants", [names for names, _, _ in told], row.values["participants"])
        by_role = [(names, role) for names, _, role in told if role]
        if by_role and verdict["participants"]:
            verdict["roles"] = all(
                any(
                    one["role"] == role and is_right("participants", [names], [one])
                    for one in row.values["participants"]
                )
                for names, role in by_role
            )
    return verdict


def measure(report: Path, expected: Path) -> tuple[Outcome, str]:
    """The outcome of one report, and its text."""
    with tempfile.TemporaryDirectory() as folder:
        communique.build([str(report)], f"{folder}/record.db")
        with communique.open(f"{folder}/record.db") as record:
            text = record.document(next(iter(record.documents))["id"]).text
            found = [
                Row(
                    row["id"],
                    tuple(sorted({Span(report.name, one["start"], one["end"]) for one in row["evidence"]})),
                    {name: row[name] for name in (*MAIN, "parent", "title")},
                )
                for row in record.engagements
            ]
    wanted = [row for row in load_expected({report.name: text}, expected) if row.ledger == "engagements"]
    return compare(wanted, sorted(found, key=lambda row: (row.spans, row.id))), text


def is_all_right(verdict: Mapping[str, bool]) -> bool:
    return all(verdict.get(name, True) for name in MAIN)


def count(outcomes: list[Outcome]) -> dict[str, Any]:
    """Some reports in figures; optional rows count neither way."""
    counted = [(w, v) for outcome in outcomes for w, _, v in outcome.paired if not w.is_optional]
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for _, verdict in counted:
        judged.update(verdict.keys())
        right.update(name for name, is_good in verdict.items() if is_good)
    return {
        "expected": len(counted) + sum(len(outcome.missed) for outcome in outcomes),
        "found": len(counted),
        "right": sum(is_all_right(verdict) for _, verdict in counted),
        "fields": {name: [right[name], judged[name]] for name in FIELDS},
        "doubles": sum(len(outcome.doubles) for outcome in outcomes),
        "extra": sum(len(outcome.extra) for outcome in outcomes),
    }


def print_errors(outcome: Outcome, text: str) -> None:
    """What is missed, wrong, double and extra in one report, a line each."""

    def words(spans: tuple[Span, ...]) -> str:
        return "; ".join(f"{span.start} “{' '.join(text[span.start : span.end].split())}”" for span in spans)

    for wanted in outcome.missed:
        print(f"missed  {wanted.key}: {words(wanted.spans)}")
    for wanted, row, verdict in outcome.paired:
        for name in (name for name in FIELDS if not verdict.get(name, True)):
            print(f"wrong   {wanted.key}: {name} {_say(row.values.get(name))}, expected {wanted.fields.get(name)}")
            print(f"        {row.values['title']} — {words(row.spans)}")
    for kind, rows in (("double", outcome.doubles), ("extra", outcome.extra)):
        for row in rows:
            values = ", ".join(f"{name} {_say(row.values[name])}" for name in MAIN)
            print(f"{kind:8}{row.values['title']} — {words(row.spans)} — {values}")


def _say(value: Any) -> str:
    if isinstance(value, list):
        return " + ".join(f"{one['name']} ({one['role']})" for one in value) or "nobody"
    return say(value)


def print_figures(figures: Mapping[str, Mapping[str, Any]]) -> None:
    print("| half | expected | found | all right | fields right of judged | doubles | extra |")
    print("|---|---|---|---|---|---|---|")
    for half, row in figures.items():
        fields = ", ".join(f"{name} {good}/{judged}" for name, (good, judged) in row["fields"].items())
        print(
            f"| {half} | {row['expected']} | {row['found']} ({100 * row['found'] / row['expected']:.0f} %) "
            f"| {row['right']} | {fields} | {row['doubles']} | {row['extra']} |"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print the errors of the development half")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    outcomes: dict[str, list[Outcome]] = {half: [] for half in HALVES}
    for path in sorted(EXPECTED.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        with tempfile.TemporaryDirectory() as folder:
            Path(folder, path.name).write_bytes(path.read_bytes())
            outcome, text = measure(REPORTS / table["file"], Path(folder))
        outcomes[table["half"]].append(outcome)
        if options.errors and table["half"] == HALVES[0]:
            print(f"\n# {table['file']}")
            print_errors(outcome, text)
    figures = {half: count(some) for half, some in outcomes.items()}
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        print_figures(figures)


if __name__ == "__main__":
    main()
