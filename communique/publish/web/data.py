"""The rows of a page as JSON and CSV, in the shape in which they are exported.

A list gives the rows of its noun; a page of one thing gives several nouns, in CSV as its passages: one line for each
place in a document that one of its rows rests on.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from communique.publish.export import to_cell
from communique.publish.site.shelf import evidence_in
from communique.publish.site.words import Row
from communique.publish.web.desk import COUNTED, Desk
from communique.publish.web.views import View

PASSAGES = ("noun", "id", "words", "document", "file", "publisher", "published", "start", "end", "quote", "url")


def to_json(view: View, root: str) -> bytes:
    """A page as one JSON object: ``page``, ``tables`` by noun, and of a list ``total`` and ``next``."""
    whole: dict[str, Any] = {"page": {"title": view.page.title, "url": root + view.page.path}}
    if view.total is not None:
        whole["total"] = min(view.total, COUNTED)
        whole["total_is_exact"] = view.total <= COUNTED
        whole["next"] = None if view.following is None else root + _suffixed(view.following, ".json")
    whole["tables"] = {noun: list(rows) for noun, rows in view.tables.items()}
    whole |= view.more
    return json.dumps(whole, ensure_ascii=False, indent=1).encode("utf-8", "backslashreplace")


def to_csv(view: View, desk: Desk, root: str) -> bytes:
    """A page as CSV (RFC 4180); cells that a spreadsheet would take for a formula begin with an apostrophe."""
    told = {noun: rows for noun, rows in view.tables.items() if rows}
    if view.total is not None and len(told) == 1:
        [(_, rows)] = told.items()
        columns = [*rows[0], "url"]
        lines: Iterable[Mapping[str, Any]] = ({**row, "url": root + desk.homes.get(row["id"], "")} for row in rows)
    else:
        columns, lines = list(PASSAGES), _passages(told, desk, root)
    buffer = io.StringIO(newline="")
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([to_cell(line.get(name)) for name in columns] for line in lines)
    return buffer.getvalue().encode("utf-8", "backslashreplace")


def _passages(tables: Mapping[str, list[Row]], desk: Desk, root: str) -> Iterator[dict[str, Any]]:
    for noun, rows in tables.items():
        for row in rows:
            seen = set()
            for evidence in evidence_in(row):
                place = (evidence["document"], evidence["start"], evidence["end"])
                if place not in seen:
                    seen.add(place)
                    yield _passage(noun, row, evidence, desk, root)


def _passage(noun: str, row: Row, evidence: Row, desk: Desk, root: str) -> dict[str, Any]:
    document = desk.get("documents", evidence["document"]) or {}
    at = desk.passage(evidence)
    return {
        "noun": noun,
        "id": row.get("id"),
        "words": words_of(row),
        "document": evidence["document"],
        "file": document.get("file"),
        "publisher": document.get("publisher"),
        "published": (document.get("published") or {}).get("edtf"),
        "start": evidence["start"],
        "end": evidence["end"],
        "quote": evidence["quote"],
        "url": root + at.href if at else None,
    }


def words_of(row: Row) -> str:
    """What a row is called, in the words that it has for that."""
    for name in ("title", "name", "what", "issue", "property", "reason"):
        if isinstance(row.get(name), str):
            return str(row[name])
    source = row.get("source")
    return str(source["name"]) if isinstance(source, Mapping) else ""


def _suffixed(address: str, suffix: str) -> str:
    path, _, asked = address.partition("?")
    return f"{path}{suffix}?{asked}" if asked else path + suffix
