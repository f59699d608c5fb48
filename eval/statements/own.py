"""``python -m eval.statements.own``: what is found in reports written for this measure, beside what a reader finds.

``reports/development.toml`` may be looked into (``--errors``); of ``reports/frozen.toml`` only the figures are printed.
A statement is *right* where speaker, chain and polarity are right and 0.9 of the characters of its words are shared.
"""

from __future__ import annotations

import argparse
import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from communique.annotate.language_model import LanguageModel, load_language_model
from communique.annotate.parse import parse
from communique.annotate.speech.statements import find_statements
from communique.annotate.who.actors import find_actors
from communique.model import Statement
from communique.read.reader import read_text

FOLDER = Path(__file__).with_name("reports")
FOUND, SAME = 0.25, 0.9
_OPEN = re.compile(r"\{([cqs])(\d+):")
_POLARITIES = ("denied", "declined", "asked", "not_said")


@dataclass
class Expected:
    """One statement as a reader has it."""

    says: str
    spans: dict[str, list[tuple[int, int]]] = field(default_factory=lambda: {"c": [], "q": [], "s": []})

    def get(self, key: str) -> str | None:
        match = re.search(rf"\b{key}=(.*?)(?= who=|$)", self.says)
        return match[1] if match else None

    @property
    def polarity(self) -> str:
        words = self.says.split("via=")[0].split("who=")[0].split()
        return next((p for p in _POLARITIES if p in words), "asserted").replace("_", " ")


def read_report(row: dict[str, Any]) -> tuple[str, list[Expected]]:
    """The text without its marks, and what is expected of it."""
    marked, plain, at, length = row["text"].strip("\n"), [], 0, 0
    opened: list[tuple[str, int, int]] = []
    expected: dict[int, Expected] = {}
    while at < len(marked):
        if found := _OPEN.match(marked, at):
            opened.append((found[1], int(found[2]), length))
            at = found.end()
            continue
        if marked[at] == "}":
            label, number, start = opened.pop()
            says = row["says"][number - 1] if number <= len(row["says"]) else "skip"
            expected.setdefault(number, Expected(says)).spans[label].append((start, length))
        else:
            plain.append(marked[at])
            length += 1
        at += 1
    return "".join(plain), [one for one in expected.values() if one.spans["c"]]


def judge(expected: Expected, found: Statement) -> list[str]:
    """What is wrong with a statement: "speaker", "via", "words", "polarity"."""
    wrong = [] if _has_speaker(expected, found) else ["speaker"]
    via = expected.get("via") or ""
    links = [link.name.lower() for link in found.via]
    wanted = [name.lower() for name in via.split("|") if name]
    if via != "?" and not (
        len(links) == len(wanted) and all(w in k or k in w for w, k in zip(wanted, links, strict=True))
    ):
        wrong.append("via")
    wrong += ["words"] if _share(expected, found) < SAME else []
    return wrong + (["polarity"] if found.polarity.value != expected.polarity else [])


def _has_speaker(expected: Expected, found: Statement) -> bool:
    if found.source is None:
        return False
    who, name = (expected.get("who") or "").lower(), found.source.name.lower()
    if who:
        return who in name or name == who.split()[-1]
    start, end = found.source.start, found.source.end
    marked = expected.spans["s"]
    return not marked or (start is not None and end is not None and any(start < e and s < end for s, e in marked))


def _share(expected: Expected, found: Statement) -> float:
    want = {at for start, end in expected.spans["c"] for at in range(start, end)}
    have = {at for part in found.content for at in range(part.start, part.end)}
    return len(want & have) / len(want | have)


def measure(path: Path, model: LanguageModel) -> tuple[Counter[str], list[str]]:
    """Counts over the reports of a file, and the errors in words."""
    count: Counter[str] = Counter()
    errors = []
    for row in tomllib.loads(path.read_text("utf-8"))["text"]:
        text, expected = read_report(row)
        parsed = parse(read_text(text, f"{row['name']}.txt", {"published": row["published"]}), model)
        left = list(find_statements(parsed, find_actors(parsed)))
        for one in expected:
            best = max(left, key=lambda found, one=one: _share(one, found), default=None)  # type: ignore[misc]
            found = best if best is not None and _share(one, best) >= FOUND else None
            if found is not None:
                left.remove(found)
            if one.says == "skip":
                continue
            wrong = judge(one, found) if found is not None else ["missed"]
            count.update(["expected", *wrong, *([] if wrong else ["right"])])
            start, end = one.spans["c"][0]
            errors += [f"{row['name']}: {', '.join(wrong)}: {text[start:end][:90]}"] if wrong else []
        count["beyond"] += len(left)
        errors += [f"{row['name']}: beyond: {found.content[0].quote[:90]}" for found in left]
    return count, errors


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.statements.own", description=__doc__)
    parser.add_argument("--errors", action="store_true", help="print the errors of the development part")
    options = parser.parse_args(arguments)
    model = load_language_model()
    for name in ("development", "frozen"):
        count, errors = measure(FOLDER / f"{name}.toml", model)
        print(name, *(f"{key} {number}" for key, number in sorted(count.items())), sep="  ")
        if options.errors and name == "development":
            print(*errors, sep="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
