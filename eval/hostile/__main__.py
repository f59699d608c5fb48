"""Reads a folder of hostile inputs as a build does, and says which verdicts and demands of its MANIFEST.jsonl hold.

    python -m eval.hostile H [--each]

H is made by the material's own script. The whole folder is built first, in a network namespace without a network where
the system allows it; then, with ``--each``, every item alone beside the good neighbour, in one process, timed.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

from communique.pipeline import build
from communique.record.reader import Record, open_record
from communique.record.verify import verify
from eval.hostile.musts import LEAD, MUSTS, Outcome

# Answers of a language model's server, for a stub: this program asks none.
NOT_INPUTS = ("llm/",)
MOST_S, MOST_ITEM_S = 8 * 60, 15.0
OUTSIDE = ("hostile_slip.txt", "hostile_abs.txt", "hostile_bs.txt", "hostile_link.txt", "hostile_slug", "hostile_ran")


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.hostile")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", action="store_true", help="also every item alone, timed")
    given = parser.parse_args()
    lines = (given.folder / "MANIFEST.jsonl").read_text("utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if not row["path"].startswith(NOT_INPUTS)]
    failed = check_folder(given.folder, rows)
    if given.each:
        failed += check_each(given.folder, rows)
    for line in failed:
        print("FAILED", line.encode("ascii", "backslashreplace").decode())
    print(
        f"{len(failed)} demands of {len(rows)} items do not hold"
        if failed
        else f"all demands of {len(rows)} items hold"
    )
    return bool(failed)


def check_folder(folder: Path, rows: list[dict[str, Any]]) -> list[str]:
    """The whole folder in one build."""
    with tempfile.TemporaryDirectory() as place:
        record = Path(place) / "record.db"
        offline = ["unshare", "-rn"] if shutil.which("unshare") and _can_unshare() else []
        began = time.monotonic()
        command = [
            *offline,
            sys.executable,
            "-m",
            "communique",
            "build",
            str(folder),
            "--record",
            str(record),
            "--json",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        took = time.monotonic() - began
        failed = [] if done.returncode == 3 else [f"the build ended with {done.returncode}: {done.stderr[-500:]}"]
        if took > MOST_S:
            failed.append(f"the folder took {took:.0f} s")
        report = json.loads(done.stdout or "{}")
        counted = sum(report.get(name, 0) for name in ("read", "partial", "refused", "copies", "unchanged"))
        if not report or report["seen"] != counted:
            failed.append(f"counts do not add up: {report.get('seen')} seen, {counted} told")
        if any(ord(character) < 32 for character in done.stderr if character not in "\n\r\x1b"):
            failed.append("control characters on the terminal")
        told = ", ".join(f"{name} {report.get(name)}" for name in ("seen", "read", "partial", "refused", "copies"))
        print(f"folder: {took:.0f} s, {told}")
        with open_record(record) as opened:
            failed += [f"verify: {found.subject} {found.reason}" for found in verify(opened).findings]
            verdicts: Counter[str] = Counter()
            for row in rows:
                found = judge(row, find_outcome(opened, row["path"]))
                verdicts[row["verdict"]] += not found
                failed += found
        total = Counter(row["verdict"] for row in rows)
        print("verdicts:", ", ".join(f"{name} {verdicts[name]} of {total[name]}" for name in sorted(total)))
    failed += [
        f"written outside: {name}" for place in ("/tmp", ".") for name in OUTSIDE if (Path(place) / name).exists()
    ]
    return failed


def _can_unshare() -> bool:
    return subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode == 0


def find_outcome(record: Record, path: str) -> Outcome:
    """What a record tells of an input: by its name, or below it."""
    name = os.fsencode(path).decode("utf-8", "replace")
    texts = {str(id): text for id, text in record.query("SELECT id, text FROM documents")}
    ids = record.query(
        "SELECT document FROM files WHERE (name = ? OR substr(name, 1, ?) = ?) AND document IS NOT NULL",
        (name, len(name) + 1, f"{name}/"),
    )
    documents = [{**record.row(str(id)), "text": texts[str(id)]} for (id,) in ids]
    reasons = [
        problem["reason"]
        for problem in record.problems
        if problem["stage"] == "read" and (problem["subject"] == name or problem["subject"].startswith(f"{name}/"))
    ]
    return Outcome(documents, reasons)


def judge(row: dict[str, Any], outcome: Outcome) -> list[str]:
    """Which demands on an input do not hold."""
    path, failed = row["path"], []
    if row["kind"] == "dir":
        return []
    if row["verdict"] == "READ" and not outcome.documents:
        failed.append(f"{path}: not read: {outcome.said[:200]}")
    if row["verdict"] == "REFUSE" and outcome.documents and not (path == "fs/unreadable.txt" and os.geteuid() == 0):
        failed.append(f"{path}: read")
    if not outcome.documents and not outcome.reasons:
        failed.append(f"{path}: lost in silence")
    must = MUSTS.get(path)
    if must is not None and (outcome.documents or outcome.reasons) and not must(outcome):
        failed.append(f"{path}: {row['must']}: {outcome.said[:200]!r}")
    return failed


def check_each(folder: Path, rows: list[dict[str, Any]]) -> list[str]:
    """Every input alone beside the good neighbour; the first build loads the model and is not timed."""
    failed = []
    neighbour = folder / "text" / "control_ok.txt"
    slowest: list[tuple[float, str]] = []
    for number, row in enumerate([rows[0], *rows]):
        if row["kind"] in ("dir", "symlink", "fifo"):
            continue
        with tempfile.TemporaryDirectory() as place:
            record, began = Path(place) / "record.db", time.monotonic()
            build([folder / row["path"], neighbour], record)
            took = time.monotonic() - began
            with open_record(record) as opened:
                if not any(LEAD in str(text) for (text,) in opened.query("SELECT text FROM documents")):
                    failed.append(f"{row['path']}: the good neighbour is not in the record")
        if number:
            slowest.append((took, row["path"]))
            if took > MOST_ITEM_S:
                failed.append(f"{row['path']}: took {took:.1f} s alone")
    print("slowest alone:", ", ".join(f"{path} {took:.1f} s" for took, path in sorted(slowest, reverse=True)[:6]))
    return failed


if __name__ == "__main__":
    sys.exit(main())
