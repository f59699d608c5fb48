"""The record into data files: one file a noun, the same bytes for the same record.

Rows are sorted by id, keys stand in declared order, nothing tells when, where or by what run the record was made. All
files are written aside and brought to the disk before the first takes its name, so that an export that fails leaves the
one before it whole. Each file is of one export; a power cut in the instant of the renames can leave files of two, until
the next export.
"""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from communique.codec import Plain, to_json
from communique.errors import RecordError, SettingsError
from communique.record.disk import make_folder, sync_folder, write_aside
from communique.record.reader import Record
from communique.record.rows import NOUNS, Row

FORMATS = ("csv", "jsonl")
# The nouns, and who settled what in them.
EXPORTED = (*NOUNS, "decisions")

# Spreadsheets take a cell that begins so for a formula (OWASP, CSV injection); full-width forms are folded by some.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def export(record: Record, dest: Path, format: str = "jsonl", *, bom: bool = False) -> list[Path]:
    """Writes every noun of a record into a folder.

    Args:
        record: What to write, in the state of one moment.
        dest: The folder, made if need be. Files of other names in it are left alone.
        format: ``jsonl`` (one object a line) or ``csv`` (RFC 4180; nested values as JSON; cells that a spreadsheet
            would take for a formula begin with an apostrophe).
        bom: CSV begins with a byte order mark, by which some spreadsheet programs know UTF-8.

    Returns:
        The files, in the order of the nouns, then the log of decisions.

    Raises:
        SettingsError: There is no such format.
        RecordError: The folder cannot be written; files that were there are as they were.
    """
    if format not in FORMATS:
        raise SettingsError(f"there is no format {format!r}", f"the formats are {', '.join(FORMATS)}")
    to_lines = _to_jsonl if format == "jsonl" else _to_csv
    encoding = "utf-8-sig" if bom and format == "csv" else "utf-8"
    paths = [dest / f"{noun}.{format}" for noun in EXPORTED]
    try:
        make_folder(dest.absolute())
        with write_aside(dest / "communique-export", folder=True) as aside:
            with record.snapshot():
                for noun, path in zip(EXPORTED, paths, strict=True):
                    _write(aside / path.name, to_lines(record.columns(noun), record.iter_rows(noun)), encoding)
            for path in paths:
                (aside / path.name).replace(path)
            sync_folder(dest)
    except OSError as error:
        raise RecordError(f"{dest}: the export cannot be written ({error.strerror})", "check the folder") from error
    return paths


def _write(path: Path, lines: Iterable[str], encoding: str) -> None:
    with path.open("w", encoding=encoding, newline="") as file:
        file.writelines(lines)
        file.flush()
        os.fsync(file.fileno())


def _to_jsonl(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    for row in rows:
        yield f"{to_json({name: row[name] for name in columns})}\n"


def _to_csv(columns: Sequence[str], rows: Iterable[Row]) -> Iterator[str]:
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([to_cell(row[name]) for name in columns])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def to_cell(value: Plain) -> str:
    """A value as a cell of CSV: nested ones as JSON, formulas made harmless."""
    if value is None:
        return ""
    if isinstance(value, str):
        return f"'{value}" if value.startswith(_FORMULA) else value
    return to_json(value)
