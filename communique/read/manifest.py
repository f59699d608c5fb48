"""The CSV manifest: what files cannot say themselves, as a person sets it."""

from __future__ import annotations

import csv
import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from communique.errors import SettingsError
from communique.model import Problem, problem
from communique.text.dates import parse_edtf

COLUMNS = ("published", "title", "publisher", "author", "url", "language", "standpoint")
DATE_FORMS = "write dates as 2013-05-07, 2013-05, 2013 or 2013-02/2013-04"


@dataclass(frozen=True, slots=True)
class Row:
    """What a manifest says of one file, and in which line."""

    facts: Mapping[str, str]
    line: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """A manifest as read: its rows by the names of their files."""

    path: Path
    rows: Mapping[str, Row]

    def facts(self, name: str) -> Mapping[str, str]:
        """What is set for a file, by the name that it has among the inputs; nothing where no row names it."""
        row = self.rows.get(name)
        return row.facts if row else {}


def read_manifest(path: Path) -> Manifest:
    """Reads a manifest: UTF-8, with or without byte order mark, comma-separated, first line the names of columns.

    Raises:
        SettingsError: It cannot be read, has no column ``file``, an unknown column, a bad date or a file twice. The
            message names file and line.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}: cannot be opened ({error.strerror})", "check the path") from error
    return parse_manifest(content, path)


def parse_manifest(content: bytes, path: Path | str) -> Manifest:
    """As `read_manifest`, of bytes that are at hand; the path is for messages."""
    path = Path(path)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SettingsError(f"{path}: is not UTF-8", "save it as CSV UTF-8") from error
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    rows: dict[str, Row] = {}
    columns: list[str] | None = None
    try:
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            if columns is None:
                columns = _read_header(cells, f"{path}, line {reader.line_num}")
            else:
                _add_row(rows, columns, cells, (path, reader.line_num))
    except csv.Error as error:
        raise SettingsError(f"{path}, line {reader.line_num}: {error}", "check the quotation marks") from error
    if columns is None:
        raise SettingsError(f"{path}, line 1: no column 'file'", "name the columns in the first line")
    return Manifest(path, rows)


def _read_header(cells: list[str], where: str) -> list[str]:
    columns = [cell.strip().lower() for cell in cells]
    if "file" not in columns:
        raise SettingsError(f"{where}: no column 'file'", "name the columns in the first line, separated by commas")
    for column in columns:
        if column not in (*COLUMNS, "file"):
            raise SettingsError(f"{where}: unknown column '{column}'", f"use file and any of {', '.join(COLUMNS)}")
        if columns.count(column) > 1:
            raise SettingsError(f"{where}: column '{column}' twice", "keep one of them")
    return columns


def _add_row(rows: dict[str, Row], columns: list[str], cells: list[str], place: tuple[Path, int]) -> None:
    path, line = place
    where = f"{path}, line {line}"
    if len(cells) > len(columns):
        raise SettingsError(f"{where}: more cells than columns", "put quotation marks around values with commas")
    values = {column: cell.strip() for column, cell in zip(columns, cells, strict=False)}
    name = values.pop("file", "").replace("\\", "/").removeprefix("./")
    if not name:
        raise SettingsError(f"{where}: no file named", "fill the column 'file'")
    if name in rows:
        raise SettingsError(f"{where}: {name} again, first in line {rows[name].line}", "keep one of the rows")
    facts = {column: value for column, value in values.items() if value}
    if "published" in facts and parse_edtf(facts["published"]) is None:
        raise SettingsError(f"{where}: '{facts['published']}' is no date", DATE_FORMS)
    rows[name] = Row(facts, line)


def find_unused(manifest: Manifest, names: Iterable[str]) -> list[Problem]:
    """A problem for each row whose file is not among the inputs.

    Args:
        manifest: As read.
        names: Names of the inputs, as in `SourceFile`.
    """
    known = set(names)
    return [
        problem(
            name, "read", f"{manifest.path.name}, line {row.line}: this file is not among the inputs", "check its name"
        )
        for name, row in manifest.rows.items()
        if name not in known
    ]


def digest_facts(facts: Mapping[str, str]) -> str:
    """A short digest of what a manifest says; empty where it says nothing."""
    return hashlib.sha256(json.dumps(sorted(facts.items())).encode()).hexdigest()[:16] if facts else ""
