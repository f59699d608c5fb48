"""``python -m eval.statements DATA.jsonl``: reads marked articles, and tells how far what is found can be trusted.

Prints, for each band of confidence, how many statements carry it and how many of them are right; what share of the
marked statements is missed, by the part of speech and the verb of their cue; and with ``--by-rule`` the share of right
ones by rule, form and way of finding the speaker, from which ``communique/tables/confidence.toml`` was made.

DATA holds one JSON object a line: id, text, published, gold {statements [{source, cue, content}]} with lists of
[start, end) in code points. ``communique read`` runs on it as anybody would run it.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from eval.statements.match import FOUND, Pair, Row, pair

# Fewer rows than this tell nothing about a rule.
LEAST = 12


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parse_options(arguments)
    if not options.data.is_file():
        print(f"skipped: statements ({options.data} is not there)")
        return 0
    rows = [json.loads(line) for line in options.data.read_text("utf-8").splitlines()]
    texts = {number: row["text"] for number, row in enumerate(rows)}
    pairs = [
        (texts[number], one)
        for number, found in enumerate(read_all(rows))
        for one in pair(rows[number]["gold"]["statements"], found)
    ]
    show_confidence([one for _, one in pairs])
    show_missed(pairs, options.classes)
    if options.by_rule:
        show_rules([one for _, one in pairs])
    return 0


def _parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.statements", description=__doc__.split("\n\n", 1)[0])
    parser.add_argument("data", type=Path, help="marked articles, one JSON object a line")
    parser.add_argument("--classes", type=int, default=15, help="classes of missed statements (default: %(default)s)")
    parser.add_argument("--by-rule", action="store_true", help="and the share of right statements by rule")
    return parser.parse_args(arguments)


def read_all(rows: Sequence[Row]) -> list[list[Row]]:
    """The statements that ``communique read`` prints for each article; empty where it refuses one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [f"{number:05d}.txt" for number in range(len(rows))]
        with (folder / "manifest.csv").open("w", newline="", encoding="utf-8") as table:
            dates = [row.get("published", "") for row in rows]
            csv.writer(table).writerows([["file", "published"], *map(list, zip(files, dates, strict=True))])
        for file, row in zip(files, rows, strict=True):
            (folder / file).write_text(row["text"], "utf-8", newline="")
        command = ["communique", "read", "--manifest", "manifest.csv", *files]
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 3):
        raise SystemExit(f"eval.statements: communique read ended with {done.returncode}")
    printed = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    by_file = {Path(one["document"]["file"]).name: one["statements"] for one in printed}
    return [by_file.get(file, []) for file in files]


def show_confidence(pairs: Sequence[Pair]) -> None:
    """Of statements with a confidence, how many are right; nested ones, which such data does not mark, apart."""
    bands: dict[str, Counter[bool]] = defaultdict(Counter)
    for one in pairs:
        if one.found is not None:
            band = "nested" if one.found["rule"] == "nested" else f"{int(one.found['confidence'] * 10) / 10:.1f}"
            bands[band][one.is_right] += 1
    print("confidence   statements   right")
    for band, count in sorted(bands.items(), reverse=True):
        print(f"{band:>10} {count.total():>12}   {count[True] / count.total():.2f}")


def show_missed(pairs: Sequence[tuple[str, Pair]], n_classes: int) -> None:
    """Marked statements without a partner, by the last word of their cue."""
    missed: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    for text, one in pairs:
        if one.marked is not None:
            words = " ".join(text[start:end] for start, end in one.marked["cue"]).split()
            cue = words[-1].lower() if words else "(no cue)"
            marked[cue] += 1
            missed[cue] += one.overlap < FOUND
    print(f"missed: {missed.total()} of {marked.total()}; by the last word of the cue:")
    for cue, number in missed.most_common(n_classes):
        print(f"{cue:>14} {number:>5} of {marked[cue]}")


def show_rules(pairs: Sequence[Pair]) -> None:
    """The share of right statements by rule, form and way of finding the speaker."""
    counts: dict[tuple[str, str, str], Counter[bool]] = defaultdict(Counter)
    for one in pairs:
        if one.found is not None:
            resolution = one.found["resolution"].split(":")[0]
            counts[one.found["rule"], one.found["form"], resolution][one.is_right] += 1
            counts[one.found["rule"], one.found["form"], "*"][one.is_right] += 1
    print("rule          form       speaker                            statements   right")
    for (rule, form, resolution), count in sorted(counts.items()):
        if count.total() >= LEAST:
            share = count[True] / count.total()
            print(f"{rule:<13} {form:<10} {resolution:<34} {count.total():>10}   {share:.2f}")


if __name__ == "__main__":
    sys.exit(main())
