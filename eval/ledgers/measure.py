"""How much of the ledgers that a reader wrote by hand the program finds, and how right the fields are.

    python -m eval.ledgers.measure [--errors] [--json]

Builds a record of ``examples/more`` and pairs its rows with those of ``expected/`` by the passages they rest on.
*Found* is the share of expected rows with a row of the record on the same passage; *right* counts the fields of these
rows. *Doubles* are further rows on a passage that is paired already, *extra* are rows on none that is expected:
``--errors`` lists them for a reader to judge, since they may be right.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import communique
from eval.ledgers.expected import BESIDE, EXPECTED, LEDGERS, REPORTS, load_expected
from eval.ledgers.pairs import Known, Pairs, describe, pair, say
from eval.ledgers.rows import FIELDS, find_rows

Texts = Mapping[str, str]


def measure(record: communique.Record, expected: Path = EXPECTED) -> tuple[dict[str, Pairs], Texts]:
    """The pairs of each ledger, and the texts by file."""
    texts = {row["file"]: record.document(row["id"]).text for row in record.documents}
    own = {
        row["file"]: [fact["value"] for name in ("publisher", "author") if (fact := row["facts"].get(name))]
        for row in record.documents
    }
    wanted, names = load_expected(texts, expected), (*LEDGERS, *BESIDE)
    by_ledger = {name: [row for row in wanted if row.ledger == name] for name in names}
    known = Known(by_ledger, find_rows(record), own)
    return {name: pair(name, known) for name in names}, texts


def count(pairs: Pairs) -> dict[str, Any]:
    """One ledger in figures."""
    counted = [(wanted, verdict) for wanted, _, verdict in pairs.paired if not wanted.is_optional]
    right: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for _, verdict in counted:
        judged.update(verdict.keys())
        right.update(name for name, is_right in verdict.items() if is_right)
    order = [name for name in FIELDS[pairs.ledger] if name in judged]
    return {
        "expected": len(counted) + len(pairs.missed),
        "found": len(counted),
        "all_right": sum(all(verdict.values()) for _, verdict in counted),
        "fields": {name: [right[name], judged[name]] for name in order},
        "optional": len(pairs.paired) - len(counted),
        "doubles": len(pairs.doubles),
        "extra": len(pairs.extra),
    }


def print_figures(figures: Mapping[str, Mapping[str, Any]]) -> None:
    print("| ledger | expected | found | all right | fields right of judged | optional | doubles | extra |")
    print("|---|---|---|---|---|---|---|---|")
    for name, row in figures.items():
        share = f"{row['found']} ({100 * row['found'] / max(1, row['expected']):.0f} %)"
        fields = ", ".join(f"{field} {right}/{judged}" for field, (right, judged) in row["fields"].items())
        rest = " | ".join(str(row[key]) if name in LEDGERS else "" for key in ("optional", "doubles", "extra"))
        print(f"| {name} | {row['expected']} | {share} | {row['all_right']} | {fields} | {rest} |")


def print_errors(name: str, pairs: Pairs, texts: Texts) -> None:
    print(f"\n# {name}")
    for wanted in pairs.missed:
        print(f"missed  {describe(wanted, texts)}")
    for wanted, row, verdict in pairs.paired:
        for field in (field for field, is_right in verdict.items() if not is_right):
            print(f"wrong   {field}: {say(row.values[field])}, expected {say(wanted.fields.get(field))}")
            print(f"        {describe(row, texts)}")
    for row in pairs.doubles:
        print(f"double  {describe(row, texts)}")
    for row in pairs.extra:
        print(f"extra   {describe(row, texts)}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print what is missed, wrong, and extra")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        communique.build([str(REPORTS)], f"{folder}/record.db")
        with communique.open(f"{folder}/record.db") as record:
            ledgers, texts = measure(record)
    figures = {name: count(pairs) for name, pairs in ledgers.items()}
    if options.json:
        print(json.dumps(figures, indent=2))
    else:
        print_figures(figures)
    if options.errors:
        for name, pairs in ledgers.items():
            print_errors(name, pairs, texts)


if __name__ == "__main__":
    main()
