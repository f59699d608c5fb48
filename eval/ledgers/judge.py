"""How many rows of the ledgers of records are right, as far as readers have judged them.

    python -m eval.ledgers.judge RECORD... [--judgements FILE] [--json]
    python -m eval.ledgers.judge RECORD... --blank [--words] >> eval/ledgers/judgements.toml

A judgement holds for a row of a ledger with the same document, passages and values, whatever record it stands in. When
the values change, the row has to be judged anew, and what was said of other values at the same passages is shown beside
it. ``--blank`` writes entries for the rows that are not judged yet, to be filled in with ``right``, ``partly`` or
``wrong``, and why. Words of texts without licence stay out of that file; ``--words`` writes them, for our own reports.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import communique
from eval.ledgers.expected import HERE, LEDGERS
from eval.ledgers.pairs import describe, say
from eval.ledgers.rows import Found, find_rows

VERDICTS = ("right", "partly", "wrong")


@dataclass(frozen=True, slots=True)
class Row:
    """A row to judge. ``at`` tells its passages, ``key`` also the words there and the values; ``line`` shows it."""

    ledger: str
    at: str
    key: str
    line: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader said of a row. ``verdict`` is one of `VERDICTS`."""

    ledger: str
    at: str
    key: str
    verdict: str
    reason: str


def load_judgements(path: Path) -> list[Judgement]:
    """The judgements of a file; entries that are not filled in are left out.

    Raises:
        ValueError: A verdict is none, or two judge one row.
    """
    found: dict[str, Judgement] = {}
    for row in tomllib.loads(path.read_text("utf-8")).get("row", []):
        if not row["verdict"]:
            continue
        if row["verdict"] not in VERDICTS:
            raise ValueError(f"{row['at']}: {row['verdict']!r} is none of {', '.join(VERDICTS)}")
        if row["key"] in found:
            raise ValueError(f"{row['at']}: judged twice ({row['key']})")
        found[row["key"]] = Judgement(row["ledger"], row["at"], row["key"], row["verdict"], row.get("reason", ""))
    return list(found.values())


def list_rows(record: communique.Record) -> list[Row]:
    """Every row of the ledgers, in text order. Rows that say the same of the same passages are one."""
    texts = {row["file"]: record.document(row["id"]).text for row in record.documents}
    names = {row["id"]: f"{row['title']} {say(row['date'])}" for row in record.engagements}
    names |= {row["id"]: f"{row['kind']} {row['name']}" for row in record.measures}
    found = find_rows(record)
    rows = (make_row(row, texts, names) for ledger in LEDGERS for row in found[ledger])
    return list({row.key: row for row in rows}.values())


def make_row(row: Found, texts: Mapping[str, str], names: Mapping[str, str]) -> Row:
    """A row with its key. Ids of other rows among the values are replaced by ``names``, what those rows say."""
    said = {name: names.get(value, value) if isinstance(value, str) else value for name, value in row.values.items()}
    shown = Found(row.ledger, row.id, row.spans, said)
    at = "; ".join(f"{span.file}:{span.start}-{span.end}" for span in row.spans)
    quotes = [texts[span.file][span.start : span.end] for span in row.spans]
    values = [f"{name}={say(value)}" for name, value in said.items()]
    key = hashlib.sha256(json.dumps([row.ledger, at, quotes, values]).encode()).hexdigest()[:16]
    return Row(row.ledger, at, key, describe(shown, texts))


def score(rows: Iterable[Row], judgements: Iterable[Judgement]) -> dict[str, Counter[str]]:
    """For each ledger the number of rows with each verdict, and of those without (``open``)."""
    verdicts = {one.key: one.verdict for one in judgements}
    counts = {ledger: Counter[str]() for ledger in LEDGERS}
    for row in rows:
        counts[row.ledger][verdicts.get(row.key, "open")] += 1
    return counts


def format_blank(rows: Iterable[Row], with_words: bool) -> str:
    """Entries to be filled in."""
    lines: list[str] = []
    for row in rows:
        fields = {"ledger": row.ledger, "at": row.at, "key": row.key}
        fields |= {"says": row.line} if with_words else {}
        fields |= {"verdict": "", "reason": ""}
        lines += [
            "[[row]]",
            *(f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in fields.items()),
            "",
        ]
    return "\n".join(lines)


def print_scores(counts: Mapping[str, Counter[str]]) -> None:
    print("| ledger | rows | judged | right | partly | wrong | share right |")
    print("|---|---|---|---|---|---|---|")
    for ledger, count in counts.items():
        judged = sum(count[verdict] for verdict in VERDICTS)
        share = f"{100 * count['right'] / judged:.0f} %" if judged else "unknown"
        columns = " | ".join(str(count[verdict]) for verdict in VERDICTS)
        print(f"| {ledger} | {count.total()} | {judged} | {columns} | {share} |")


def print_open(rows: Iterable[Row], judgements: Iterable[Judgement]) -> None:
    before: defaultdict[tuple[str, str], list[Judgement]] = defaultdict(list)
    for one in judgements:
        before[one.ledger, one.at].append(one)
    for row in rows:
        print(f"not judged  {row.ledger} {row.line}")
        for one in before[row.ledger, row.at]:
            print(f"            with other values it was {one.verdict}: {one.reason}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("records", type=Path, nargs="+", metavar="RECORD", help="counted together")
    parser.add_argument("--judgements", type=Path, default=HERE / "judgements.toml", help="(default: %(default)s)")
    parser.add_argument("--blank", action="store_true", help="write entries for rows that are not judged yet")
    parser.add_argument("--words", action="store_true", help="with --blank: write also what each row says")
    parser.add_argument("--json", action="store_true", help="print the figures as JSON")
    options = parser.parse_args()
    judgements = load_judgements(options.judgements)
    rows: list[Row] = []
    for path in options.records:
        with communique.open(path) as record:
            rows += list_rows(record)
    known = {one.key for one in judgements}
    left = [row for row in rows if row.key not in known]
    counts: dict[str, Any] = score(rows, judgements)
    if options.blank:
        print(format_blank(left, options.words))
    elif options.json:
        print(json.dumps({ledger: dict(sorted(count.items())) for ledger, count in counts.items()}, indent=2))
    else:
        print_scores(counts)
        print_open(left, judgements)


if __name__ == "__main__":
    main()
