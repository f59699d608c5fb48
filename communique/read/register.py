"""The CSV of an official register of journeys -> its rows.

Columns name, start, end, country, locality, remarks, in any order, and role if there is one; others are passed over.
What is wrong with the file as a whole (not UTF-8, a column missing, quotation marks) stops the reading. What is wrong
with one row (a date, the order of its days, too many cells) leaves that row out, as a problem that names its line.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from communique.errors import ReadError, SettingsError
from communique.model import Problem, Register, RegisterRow, make_register, problem

COLUMNS = ("name", "start", "end", "country", "locality", "remarks")
ROLE = "role"
_BLANKS = re.compile(r"\s+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_ORDER = re.compile(r"(?P<family>[^,]+), (?P<given>[^,]+?)(?:, (?P<suffix>[^,]+))?")
_SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})


def read_register(path: Path) -> tuple[Register, tuple[Problem, ...]]:
    """Reads a register: UTF-8, with or without byte order mark, comma-separated, first line the names of columns.

    Returns:
        The register, and a problem for each row that was left out: its line, why, and what to do (nothing, for a row
        that repeats another).

    Raises:
        SettingsError: It cannot be read as a whole; the message names file and line.
    """
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise SettingsError(f"{path}: cannot be opened ({error.strerror})", "check the path") from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsError(f"{path}, line {line}: is not UTF-8", "save it as CSV UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    columns: list[str] | None = None
    rows: dict[tuple[object, ...], RegisterRow] = {}
    problems: list[Problem] = []
    line = 1
    try:
        for cells in reader:
            first, line = line, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _read_header(cells, f"{path}, line {first}")
                continue
            try:
                row = _read_row(columns, cells, first)
                if (double := rows.setdefault(_get_words(row), row)) is not row:
                    raise ReadError(f"repeats line {double.line}")
            except ReadError as error:
                problems.append(problem(path.name, "register", f"line {first}: {error.reason}", error.next_step))
    except csv.Error as error:
        raise SettingsError(f"{path}, line {reader.line_num}: {error}", "check the quotation marks") from error
    if columns is None:
        raise SettingsError(f"{path}, line 1: no column '{COLUMNS[0]}'", _name_columns())
    return make_register(path.name, tuple(rows.values())), tuple(problems)


def _name_columns() -> str:
    return f"name the columns {', '.join(COLUMNS)} in the first line, separated by commas"


def _read_header(cells: Sequence[str], where: str) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    missing = [column for column in COLUMNS if column not in columns]
    if missing:
        words = ", ".join(f"'{column}'" for column in missing)
        raise SettingsError(f"{where}: no column {words}", _name_columns())
    for column in (*COLUMNS, ROLE):
        if columns.count(column) > 1:
            raise SettingsError(f"{where}: column '{column}' twice", "keep one of them")
    return columns


def _read_row(columns: Sequence[str], cells: Sequence[str], line: int) -> RegisterRow:
    """One row.

    Raises:
        ReadError: It cannot be used; the message says why, without the line.
    """
    if len(cells) != len(columns):
        raise ReadError(f"{len(cells)} cells, not {len(columns)}", "put a cell that holds a comma into quotation marks")
    row = {column: _BLANKS.sub(" ", cell).strip() for column, cell in zip(columns, cells, strict=True)}
    for column in ("name", "country"):
        if not row[column]:
            raise ReadError(f"no {column}", "fill the cell in")
    start, end = _read_day(row, "start"), _read_day(row, "end")
    if start > end:
        raise ReadError(f"it ends on {end} before it starts on {start}", "correct the dates")
    place = row["country"], row["locality"], row["remarks"]
    return RegisterRow(line, _turn_name(row["name"]), start, end, *place, row.get(ROLE, ""))


def _read_day(row: dict[str, str], column: str) -> date:
    try:
        if _DAY.fullmatch(row[column]):
            return date.fromisoformat(row[column])
    except ValueError:
        pass  # no day of the calendar: said below, as any other wrong date
    raise ReadError(f"'{row[column]}' is no day ({column})", "write days as 2013-05-07")


def _turn_name(name: str) -> str:
    """``Kerry, John`` as ``John Kerry``; ``Marshall, George, Jr.`` as ``George Marshall Jr.``."""
    match = _ORDER.fullmatch(name)
    if match is None or match["given"].strip(". ").lower() in _SUFFIXES:
        return name
    return " ".join(filter(None, (match["given"], match["family"], match["suffix"])))


def _get_words(row: RegisterRow) -> tuple[object, ...]:
    return row.name, row.start, row.end, row.country, row.locality, row.remarks, row.role
