"""Lists of articles: CSV or JSON Lines, a row an article; also a JSON array of such objects.

The column ``text`` holds the report; any of the manifest's columns may stand beside it and are taken as what the report
declares of itself. Columns that are not known are passed over, since such lists come out of other programs. A row that
cannot be read is refused with its number, and the others are read.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any

from communique.errors import ReadError
from communique.model import When
from communique.read.decode import decode
from communique.read.formats.feed import is_json_feed, open_json_feed
from communique.read.items import MAX_CHARACTERS, MAX_MEMBERS, Draft, Loss, Member, Members, Refusal
from communique.read.metadata import Metadata
from communique.text.dates import parse_edtf, parse_printed_date

TEXT = ("text", "body", "content", "article")
_COLUMNS = ("title", "author", "publisher", "url", "language")
_DAYS = ("published", "date")
_BY = "own reader of lists"
_MEND = "mend this row"


def open_csv(content: bytes, name: str) -> Members:
    """The rows of a CSV with a header line.

    Raises:
        ReadError: It has no column with texts.
    """
    decoded = decode(content, name)
    csv.field_size_limit(MAX_CHARACTERS)
    reader = csv.reader(io.StringIO(decoded.text, newline=""))
    header: list[str] | None = None
    n_rows = 0
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            break
        except csv.Error as error:
            yield Refusal(f"row {n_rows + 1}", b"", f"cannot be read ({error})", "check its quotation marks")
            yield Loss(f"rows after line {reader.line_num} may be missing")
            break
        if header is None:
            header = [cell.strip().lower() for cell in cells]
            _check_header(header, name)
        elif any(cell.strip() for cell in cells):
            n_rows += 1
            if n_rows > MAX_MEMBERS:
                yield Loss(f"only {MAX_MEMBERS:,} rows are read")
                break
            yield make_row(n_rows, dict(zip(header, cells, strict=False)), "text/csv")


def _check_header(header: list[str], name: str) -> None:
    if not any(column in header for column in TEXT):
        step = "name it with --manifest if it is a manifest; a list of articles needs a column 'text'"
        raise ReadError(f"{name} has no column 'text'", step)


def open_json_lines(content: bytes, name: str) -> Members:
    """The objects of a file with one on each line.

    Raises:
        ReadError: It is no text.
    """
    decoded = decode(content, name)
    # Not splitlines(): JSON may hold U+2028 inside strings.
    lines = [(number, line) for number, line in enumerate(decoded.text.split("\n"), 1) if line.strip()]
    for number, line in lines[:MAX_MEMBERS]:
        try:
            yield make_row(number, _load(line), "application/jsonl")
        except ReadError as error:
            yield Refusal(f"row {number}", line.encode("utf-8", "replace"), error.reason, error.next_step)
    if len(lines) > MAX_MEMBERS:
        yield Loss(f"only {MAX_MEMBERS:,} of {len(lines):,} rows are read")


def open_json(content: bytes, name: str) -> Members:
    """The entries of a JSON Feed, or the objects of a JSON array.

    Raises:
        ReadError: It is neither.
    """
    value = _load(decode(content, name).text)
    if is_json_feed(value):
        yield from open_json_feed(value)
        return
    if not isinstance(value, list) or not any(isinstance(row, dict) and any(row.get(c) for c in TEXT) for row in value):
        raise ReadError(f"{name} is no feed and no list of articles", "give objects with a field 'text'")
    for number, row in enumerate(value[:MAX_MEMBERS], 1):
        yield make_row(number, row, "application/json")
    if len(value) > MAX_MEMBERS:
        yield Loss(f"only {MAX_MEMBERS:,} of {len(value):,} rows are read")


def _load(words: str) -> Any:
    try:
        return json.loads(words)
    except RecursionError as error:
        raise ReadError("is nested too deeply", _MEND) from error
    except ValueError as error:
        raise ReadError(f"is no JSON ({error})", _MEND) from error


def make_row(number: int, row: Any, media_type: str) -> Member | Refusal:
    """The report of a row; the row's own bytes are its canonical JSON."""
    name = f"row {number}"
    content = json.dumps(row, ensure_ascii=False, sort_keys=True).encode("utf-8", "replace")
    if not isinstance(row, Mapping):
        return Refusal(name, content, "is no object", _MEND)
    words = {str(column).lower(): value for column, value in row.items() if isinstance(value, str) and value.strip()}
    text = next((words[column] for column in TEXT if column in words), "")
    if not text.strip():
        return Refusal(name, content, "has no text", "fill the column 'text'")
    if "\0" in text:
        return Refusal(name, content, "holds NUL characters", _MEND)
    facts = {column: " ".join(words[column].split()) for column in _COLUMNS if column in words}
    declared = Metadata(**facts, published=next(_iter_days(words), None))
    return Member(name, content, f"list: {name}", Draft(text, media_type, _BY, declared=declared))


def _iter_days(words: Mapping[str, str]) -> Iterator[When]:
    for column in _DAYS:
        if column in words and (when := parse_edtf(words[column]) or parse_printed_date(words[column])):
            yield when
