"""The rows of a record's ledgers, each with the passages that it rests on and the values that it gives.

Silences are what is told as left out: statements that were refused or told as not said, agenda items that were avoided
or not mentioned, and participants told as absent; or the noun ``silences``, in a record that has one.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import communique
from communique.record.rows import NOUNS
from eval.ledgers.expected import BESIDE, LEDGERS, Span

UNSAID = ("declined", "not said")
LEFT_OUT = ("avoided", "not mentioned")
# Kinds of the noun ``silences`` in the words of the expectations.
KINDS = {"avoided topic": "avoided", "words not said": "not said", "comment refused": "declined"}
FIELDS: dict[str, tuple[str, ...]] = {
    "agenda": ("issue", "phase", "voice", "engagement"),
    "commitments": ("debtors", "creditors", "what", "condition", "due", "status"),
    "forecasts": ("forecaster", "hedge", "what", "horizon", "resolution"),
    "measures": ("kind", "actor", "targets", "date", "status", "answers"),
    "comparisons": ("about", "property", "relation", "values"),
    "silences": ("kind", "words"),
    "engagements": ("kind", "date", "status", "participants"),
    "statements": ("source", "form"),
}
# What a reader also judges in a row, beyond the fields that expectations name.
MORE: dict[str, tuple[str, ...]] = {
    "commitments": ("engagement",),
    "forecasts": ("via", "engagement"),
    "measures": ("order_check",),
    "silences": ("what", "who", "engagement", "voice"),
}


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the record. ``values`` holds the fields of its ledger, and those in `MORE`, as the record has them."""

    ledger: str
    id: str
    spans: tuple[Span, ...]
    values: Mapping[str, Any]


def find_rows(record: communique.Record) -> dict[str, list[Found]]:
    """The rows of each ledger, and the engagements and statements, in text order."""
    files = {row["id"]: row["file"] for row in record.documents}
    found = {
        ledger: [_make(ledger, row, files) for row in record.rows(ledger)]
        for ledger in (*LEDGERS, *BESIDE)
        if ledger in NOUNS
    }
    if "silences" not in found:
        found["silences"] = list(_iter_silences(record, files))
    return {ledger: sorted(rows, key=lambda row: (row.spans, row.id)) for ledger, rows in found.items()}


def _make(ledger: str, row: Mapping[str, Any], files: Mapping[str, str]) -> Found:
    values = {name: row.get(name) for name in FIELDS[ledger]}
    if ledger == "silences":
        values = {"kind": KINDS.get(row["kind"], row["kind"]), "words": row["evidence"][0]["quote"]}
    if ledger == "comparisons":
        values["values"] = [{"name": f"{one['value']} ({files[one['document']]})"} for one in row["values"]]
    values |= {name: row.get(name) for name in MORE.get(ledger, ())}
    return Found(ledger, row["id"], _spans(_places(ledger, row), files), values)


def _places(ledger: str, row: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if ledger == "comparisons":
        return [value["evidence"] for value in row["values"]]
    if ledger == "statements":
        cue = [row["cue"]] if row["cue"] else []
        return [{**place, "document": row["document"]} for place in [*row["content"], *cue]]
    return list(row["evidence"])


def _spans(places: list[Mapping[str, Any]], files: Mapping[str, str]) -> tuple[Span, ...]:
    return tuple(sorted({Span(files[place["document"]], place["start"], place["end"]) for place in places}))


def _iter_silences(record: communique.Record, files: Mapping[str, str]) -> Iterator[Found]:
    for row in record.statements:
        if row["polarity"] in UNSAID:
            words = " ".join(place["quote"] for place in row["content"])
            spans = _spans(_places("statements", row), files)
            yield Found("silences", row["id"], spans, {"kind": row["polarity"], "words": words})
    for row in record.agenda:
        if row["phase"] in LEFT_OUT:
            values = {"kind": row["phase"], "words": row["issue"]}
            yield Found("silences", row["id"], _spans(row["evidence"], files), values)
    for row in record.engagements:
        for one in row["participants"]:
            if one["role"] == "absent":
                values = {"kind": "absent", "words": one["name"]}
                yield Found("silences", f"{row['id']} {one['name']}", _spans(one["evidence"], files), values)
