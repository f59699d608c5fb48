"""``python -m eval.register CSV``: writes plain sentences from a register, and measures what is read.

Takes rows whose remarks say "Met with …", as many as asked for, at random with a fixed seed; writes one report of one
sentence each; runs ``communique build`` and ``communique export`` on them; prints how often date, place and
counterparts are right. Standard library only, besides the program itself, which is run as a command.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import Any

from eval.register.judge import Verdict, judge
from eval.register.narrowing import measure_narrowing
from eval.register.sentences import Report, read_trip, write_report

SEED = 20260401
BAR = 0.95


def main(arguments: Sequence[str] | None = None) -> int:
    options = _parse_options(arguments)
    if not options.register.is_file():
        print(f"skipped: the register test ({options.register} is not there)")
        return 0
    reports = write_reports(options.register, options.number, options.seed)
    with tempfile.TemporaryDirectory() as folder:
        kept = options.keep or Path(folder)
        show(measure(reports, kept), options.failures)
        if options.narrowing:
            measure_narrowing(kept / "register.db", options.register)
    return 0


def _parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.register", description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("register", type=Path, help="CSV: role, name, start, end, country, locality, remarks")
    parser.add_argument("--number", type=int, default=200, help="how many trips (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=SEED, help="of the random choice (default: %(default)s)")
    parser.add_argument("--failures", action="store_true", help="show each sentence that failed, and what was found")
    parser.add_argument("--narrowing", action="store_true", help="and what the register does to dates made less exact")
    parser.add_argument("--keep", type=Path, help="folder in which reports, record and export are left")
    return parser.parse_args(arguments)


def write_reports(register: Path, number: int, seed: int) -> list[Report]:
    """The sentences of ``number`` trips; tells how many rows were skipped."""
    with register.open(encoding="utf-8-sig", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["role"] == "secretary" and "Met with" in row["remarks"]]
    trips = [trip for trip in map(read_trip, rows) if trip]
    random = Random(seed)
    chosen = random.sample(trips, min(number, len(trips)))
    print(
        f"{len(rows)} trips say 'Met with'; {len(rows) - len(trips)} skipped (no clean list of up to four persons, "
        f"several places, or more than ten days); {len(chosen)} taken"
    )
    return [write_report(trip, index, random) for index, trip in enumerate(chosen)]


def measure(reports: Sequence[Report], folder: Path) -> list[Verdict]:
    """Builds a record of the reports in ``folder``, exports it and judges each report."""
    texts = folder / "reports"
    texts.mkdir(parents=True, exist_ok=True)
    with (folder / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        manifest = csv.writer(file)
        manifest.writerow(["file", "published", "title"])
        for index, report in enumerate(reports):
            (texts / f"{index:03}.txt").write_text(f"Diplomatic notes\n\n{report.text}\n", "utf-8")
            manifest.writerow([f"{index:03}.txt", report.published.isoformat(), "Diplomatic notes"])
    record = folder / "register.db"
    _run("build", str(texts), "--record", str(record), "--manifest", str(folder / "manifest.csv"), "--quiet")
    _run("export", str(record), "--format", "jsonl", "--dest", str(folder / "export"))
    files = {row["id"]: Path(row["file"]).name for row in _load(folder, "documents")}
    entities = {row["id"]: row for row in _load(folder, "entities")}
    told: dict[str, list[dict[str, Any]]] = {}
    for row in _load(folder, "engagements"):
        for name in {files[evidence["document"]] for evidence in row["evidence"]}:
            told.setdefault(name, []).append(row)
    return [judge(report, told.get(f"{index:03}.txt", []), entities) for index, report in enumerate(reports)]


def _run(*arguments: str) -> None:
    subprocess.run([sys.executable, "-m", "communique", *arguments], check=True, stdout=subprocess.DEVNULL)


def _load(folder: Path, noun: str) -> list[dict[str, Any]]:
    with (folder / "export" / f"{noun}.jsonl").open(encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def show(verdicts: Sequence[Verdict], failures: bool) -> None:
    """Prints the figures, by shape too, and the failures where asked for."""
    n_persons = sum(len(verdict.report.trip.persons) for verdict in verdicts)
    n_found = sum(verdict.n_found for verdict in verdicts)
    counts = {
        "date": sum(verdict.date for verdict in verdicts),
        "place": sum(verdict.place for verdict in verdicts),
        "counterparts": sum(verdict.persons for verdict in verdicts),
        "all three": sum(verdict.right for verdict in verdicts),
    }
    for name, count in counts.items():
        print(f"{name:14} {count:4} of {len(verdicts)}  {count / len(verdicts):6.1%}")
    print(f"{'persons met':14} {n_found:4} of {n_persons}  {n_found / n_persons:6.1%}  (found at all)")
    print(f"bar for all three: {BAR:.0%}\n")
    total = Counter(verdict.report.shape for verdict in verdicts)
    right = Counter(verdict.report.shape for verdict in verdicts if verdict.right)
    for shape, count in sorted(total.items()):
        print(f"  {shape:18} {right[shape]:3} of {count}")
    if failures:
        for verdict in verdicts:
            if not verdict.right:
                print(f"\n{_tell(verdict)}")


def _tell(verdict: Verdict) -> str:
    parts = (("date", verdict.date), ("place", verdict.place), ("counterparts", verdict.persons))
    wrong = ", ".join(name for name, right in parts if not right)
    report = verdict.report
    return f"{report.shape} ({report.published}): wrong {wrong}\n  {report.text}\n  {verdict.found}"


if __name__ == "__main__":
    sys.exit(main())
