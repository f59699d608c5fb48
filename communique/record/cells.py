"""Columns of the record's tables as SQL asks for them, and cells as the values of a row."""

from __future__ import annotations

import json

from communique.codec import Plain
from communique.record.anchors import CLAIMS
from communique.record.rows import Row


def select_columns(noun: str, columns: list[tuple[str, str]]) -> str:
    """The columns of a row, with the state in which people left it.

    A document's facts are those that people set, else its own; its day, else that which the other reports leave open.
    """
    shown = {
        "review": f"coalesce((SELECT state FROM reviews WHERE noun = '{noun}' AND \"row\" = {noun}.id), 'proposed')"
    }
    if noun == "documents":
        shown |= {name: _lay_over(name, f'documents."{name}"') for name in CLAIMS["documents"]}
        shown["published"] = _lay_over("published", "coalesce(documents.published, documents.dated)")
        shown["publisher_basis"] = "iif(json_type(settled, '$.publisher') IS NULL, publisher_basis, 'set')"
    return ", ".join(shown.get(name, f'{noun}."{name}"') for name, _ in columns)


def _lay_over(name: str, own: str) -> str:
    """What people set, also where they set that it is unknown."""
    return f"iif(json_type(settled, '$.{name}') IS NULL, {own}, json_extract(settled, '$.{name}'))"


def decode_row(columns: list[tuple[str, str]], cells: tuple[Plain, ...]) -> Row:
    """A row: nested values out of their JSON."""
    row: Row = {}
    for (name, kind), cell in zip(columns, cells, strict=True):
        if kind == "JSON" and isinstance(cell, str):
            row[name] = json.loads(cell)
        elif kind == "BOOLEAN" and cell is not None:
            row[name] = bool(cell)
        else:
            row[name] = cell
    return row
