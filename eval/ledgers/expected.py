"""Rows that a reader expects of the reports in ``examples/more``, found again in the texts.

``expected/*.toml`` holds one file a report. A row rests on ``quotes``, a comparison on ``values`` (each with its quote,
and ``file`` where it stands in another report). What a row leaves out is not judged; an empty string says that there is
none. ``a|b`` accepts either. ``optional`` rows count neither when they are missed nor when they are found.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
REPORTS, EXPECTED = HERE.parents[1] / "examples" / "more", HERE / "expected"
LEDGERS = ("agenda", "commitments", "forecasts", "measures", "comparisons", "silences")
BESIDE = ("engagements", "statements")  # only the main ones are expected, so that more rows are no mistake


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A passage of a report, half-open, in code points."""

    file: str
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether they share at least half of the shorter one."""
        shared = min(self.end, other.end) - max(self.start, other.start)
        return self.file == other.file and 2 * shared >= min(self.end - self.start, other.end - other.start) > 0


@dataclass(frozen=True, slots=True)
class Expected:
    """An expected row. Each of ``groups`` is what one value rests on; ``n_needed`` of them must be met."""

    ledger: str
    number: int  # within its ledger
    groups: tuple[tuple[Span, ...], ...]
    n_needed: int
    fields: Mapping[str, Any]
    is_optional: bool
    key: str | None

    @property
    def spans(self) -> tuple[Span, ...]:
        return tuple(span for group in self.groups for span in group)


def locate(text: str, quote: str) -> tuple[int, int]:
    """Where a quote stands in a text; any white space is as good as a space.

    Raises:
        ValueError: It does not stand there, or more than once.
    """
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, quote.split())), text)]
    if len(found) != 1:
        raise ValueError(f"found {len(found)} times: {quote}")
    return found[0]


def load_expected(texts: Mapping[str, str], folder: Path = EXPECTED) -> list[Expected]:
    """All expected rows, in the order of files and lines. ``texts`` are those of the documents, by file name.

    Raises:
        ValueError: A quote is not in its text.
    """
    rows: list[Expected] = []
    numbers = {ledger: count() for ledger in (*LEDGERS, *BESIDE)}
    for path in sorted(folder.glob("*.toml")):
        table = tomllib.loads(path.read_text("utf-8"))
        for ledger in (*LEDGERS, *BESIDE):
            for row in table.get(ledger, []):
                rows.append(_read_row(ledger, next(numbers[ledger]), row, table["file"], texts))
    return rows


def _read_row(ledger: str, number: int, row: dict[str, Any], file: str, texts: Mapping[str, str]) -> Expected:
    def span(file: str, quote: str) -> Span:
        try:
            return Span(file, *locate(texts[file], quote))
        except ValueError as error:
            raise ValueError(f"{file}: {error}") from None

    groups: tuple[tuple[Span, ...], ...]
    if "values" in row:
        groups = tuple((span(value.get("file", file), value["quote"]),) for value in row["values"])
    else:
        groups = (tuple(span(file, quote) for quote in row["quotes"]),)
    fields = {name: row[name] for name in row if name not in ("quotes", "values", "optional", "key")}
    return Expected(ledger, number, groups, min(2, len(groups)), fields, row.get("optional", False), key=row.get("key"))
