"""How well mentions of one engagement are brought together: precision, recall and F1 over labelled pairs.

    python eval/merging/measure.py [--errors]

Reads ``mentions.toml`` beside it, builds a record of the example reports and one of the seed texts (``../shared/seeds``
beside the repository; left out with a line where they are not there), and judges each pair: the same if one engagement
of the record has both mentions among its accounts. A mention that the program does not find is the same as nothing; the
number of such mentions is printed. Ends with 1 if F1 is below 0.95.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, product
from pathlib import Path
from typing import Any

import communique

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
EXAMPLES, SEEDS = ROOT / "examples" / "reports", ROOT.parent / "shared" / "seeds"
MIN_F1 = 0.95


@dataclass(frozen=True, slots=True)
class Labelled:
    """A mention that a reader labelled, with the event mentions that the program found at its place."""

    where: str
    means: frozenset[str]
    found: frozenset[str]


def find_mentions(rows: list[dict[str, Any]], record: communique.Record) -> list[Labelled]:
    """Labelled mentions with the ids of the event mentions whose naming words overlap theirs."""
    ids = {Path(row["file"]).name: row["id"] for row in record.documents}
    texts = {row["id"]: record.document(row["id"]).text for row in record.documents}
    events = list(record.event_mentions)
    found = []
    for row in rows:
        document = ids[row["file"]]
        start, end = row["at"] if "at" in row else locate(texts[document], *row["words"])
        here = (e for e in events if e["document"] == document)
        hit = {e["id"] for e in here if e["trigger"]["start"] < end and start < e["trigger"]["end"]}
        found.append(Labelled(f"{row['file'][:3]}:{start}", frozenset(row["means"]), frozenset(hit)))
    return found


def locate(text: str, words: str, word: str) -> tuple[int, int]:
    """Where a naming word stands within words of a text; line breaks count as spaces."""
    plain = "".join(" " if character.isspace() else character for character in text)
    start = plain.replace("\u2019", "'").index(words.replace("\u2019", "'"))
    start += words.index(word)
    return start, start + len(word)


def iter_pairs(mentions: list[Labelled], different: list[str]) -> Iterator[tuple[Labelled, Labelled, bool]]:
    """Pairs to judge, with what the reader says."""
    for a, b in combinations(mentions, 2):
        if a.means & b.means:
            yield a, b, True
    for pair in different:
        one, other = pair.split()
        for a, b in product(mentions, repeat=2):
            if one in a.means and other in b.means and not a.means & b.means:
                yield a, b, False


def judge(name: str, reports: Path, table: dict[str, Any], counts: Counter[str], errors: list[str]) -> None:
    """Counts one set's pairs."""
    with tempfile.TemporaryDirectory() as folder:
        communique.build([str(reports)], f"{folder}/record.db")
        record = communique.open(f"{folder}/record.db")
        mentions = find_mentions(table[name], record)
        engagements = [{id for a in row["accounts"] for id in a["mentions"]} for row in record.engagements]
    counts["not found"] += sum(not mention.found for mention in mentions)
    for a, b, is_same in iter_pairs(mentions, table["different"][name]):
        is_joined = any(a.found & ids and b.found & ids for ids in engagements)
        counts["same" if is_same else "different"] += 1
        counts["right" if is_same and is_joined else "wrong" if is_joined else "apart"] += 1
        if is_same != is_joined:
            errors.append(f"{name} {a.where} {b.where}: {'should be one' if is_same else 'should be two'}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--errors", action="store_true", help="print the pairs that are judged wrongly")
    parser.add_argument("--seeds", type=Path, default=SEEDS, help="folder of the seed texts (default: %(default)s)")
    options = parser.parse_args()
    table = tomllib.loads((HERE / "mentions.toml").read_text("utf-8"))
    counts: Counter[str] = Counter()
    errors: list[str] = []
    for name, folder in (("examples", EXAMPLES), ("seeds", options.seeds)):
        if folder.is_dir():
            judge(name, folder, table, counts, errors)
        else:
            print(f"skipped {name}: there is no {folder}")
    if options.errors:
        print(*errors, sep="\n")
    precision = counts["right"] / max(1, counts["right"] + counts["wrong"])
    recall = counts["right"] / max(1, counts["same"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    print(f"{counts['same']} same, {counts['different']} different, {counts['not found']} mentions not found")
    print(f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.3f} (at least {MIN_F1})")
    sys.exit(f1 < MIN_F1)


if __name__ == "__main__":
    main()
