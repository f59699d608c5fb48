"""Proves a record: the file, the texts, every evidence, every id that points somewhere, the chain of decisions.

Order of the steps:

1. SQLite's own checks of the file and of its foreign keys.
2. Each document: its id and digest are those of its text, its parts and pages lie in it; the bytes that it was made of
   are there, and are those that were read.
3. Each evidence in layer 1 and in every row is in its text word for word, and the table ``evidence`` lists it.
4. Each id in a row names a row.
5. Each register's id is that of its rows, and what it narrowed rests on rows that it has.
6. Each decision's hash covers the decision and the hash before it.
7. Each row that people decided on is what the log makes of it.

It reads only, and does not say whether what a document claims is true.
"""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import cast

from communique.codec import Plain
from communique.errors import EvidenceError, RecordError
from communique.model import content_id, make_register
from communique.record.decisions import HEAD, hash_decision
from communique.record.reader import Record
from communique.record.registers import make_stored
from communique.record.rows import (
    NOUNS,
    Row,
    digest_text,
    explain_false,
    find_evidence,
    get_document_evidence,
)

# Fields that hold ids, and the nouns that these may name. In layer 1 an entity is a referent of the same document.
_LAYER_2 = {
    "document": ("documents",),
    "entity": ("entities",),
    "engagement": ("engagements",),
    "answers": ("measures",),
    "same_as": ("event_mentions", "measures"),
    "register": ("registers",),
    "broader": ("issues",),
    "of": ("statements", "agenda", "event_mentions"),
    "reports": ("documents",),
    "about": NOUNS,
}
_LAYER_1 = {
    "document": ("documents",),
    "entity": ("referents",),
    "engagement": ("events",),
    "answers": ("measures",),
    "same_as": ("events",),
    "of": ("statements", "agenda", "events"),
}

INTERRUPTED = "a build was interrupted before it linked the reports; run it again"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold. ``subject`` is a row's or document's id, or the record's path."""

    subject: str
    reason: str


@dataclass(frozen=True, slots=True)
class Verification:
    """What was found, and how much was looked at: documents, evidence, rows, references, registers, decisions."""

    findings: tuple[Finding, ...]
    counts: dict[str, int]

    @property
    def is_whole(self) -> bool:
        return not self.findings

    @property
    def damage(self) -> tuple[Finding, ...]:
        """What does not hold, apart from a build that has not ended, which the next one mends."""
        return tuple(finding for finding in self.findings if finding.reason != INTERRUPTED)


def verify(record: Record) -> Verification:
    """Proves a record, as far as it can be read. Findings are in the order of the steps."""
    counts: Counter[str] = Counter(documents=0, evidence=0, rows=0, references=0, registers=0, decisions=0)
    findings: list[Finding] = []
    try:
        with record.snapshot():
            findings += _check_file(record)
            texts = {
                cast("str", name): cast("str", text) for name, text in record.query("SELECT id, text FROM documents")
            }
            findings += _check_documents(record, texts, counts)
            findings += _check_originals(record, counts)
            findings += _check_layer_1(record, texts, counts)
            findings += _check_layer_2(record, texts, counts)
            findings += _check_places(record)
            findings += _check_registers(record, counts)
            findings += _check_decisions(record, counts)
            findings += [Finding(*found) for found in record.find_unsettled()]
    except (RecordError, sqlite3.Error, ValueError, TypeError, KeyError) as error:
        # A damaged file can break any reading at any place; what was found before still counts.
        findings.append(Finding(str(record.path), f"cannot be read to the end: {error}"))
    return Verification(tuple(findings), dict(counts))


def _check_file(record: Record) -> Iterator[Finding]:
    for (found,) in record.query("PRAGMA integrity_check"):
        if found != "ok":
            yield Finding(str(record.path), f"damaged: {found}")
    for table, row, target, _ in record.query("PRAGMA foreign_key_check"):
        yield Finding(str(record.path), f"row {row} of {table} names no row of {target}")
    if not record.is_linked():
        yield Finding(str(record.path), INTERRUPTED)


def _check_documents(record: Record, texts: Mapping[str, str], counts: Counter[str]) -> Iterator[Finding]:
    for row in record.iter_rows("documents"):
        name = cast("str", row["id"])
        text = texts[name]
        counts["documents"] += 1
        if name != content_id("doc", text):
            yield Finding(name, "the id is not that of the text")
        if row["text_sha256"] != digest_text(text):
            yield Finding(name, "the text is not the one that was read: its digest differs")
        if row["n_chars"] != len(text):
            yield Finding(name, f"the text has {len(text)} characters, not {row['n_chars']}")
        end = 0
        for part in cast("list[dict[str, int]]", row["parts"]):
            if not end <= part["start"] < part["end"] <= len(text):
                yield Finding(name, f"the part {part['start']}:{part['end']} does not fit")
            end = part["end"]
        for page in cast("list[dict[str, int]]", row["pages"]):
            if not 0 <= page["start"] <= page["end"] <= len(text):
                yield Finding(name, f"the page {page['page']} does not fit")
        yield from _check_evidence(name, get_document_evidence(row), texts, counts)


def _check_originals(record: Record, counts: Counter[str]) -> Iterator[Finding]:
    kept = set()
    for sha256, _, fault in record.originals():
        counts["originals"] += 1
        kept.add(sha256)
        if fault:
            yield Finding(sha256, fault)
    for row in record.iter_rows("documents"):
        if row["origin"] and row["origin"]["sha256"] not in kept:
            yield Finding(row["id"], f"the bytes that it was made of ({row['origin']['sha256']}) are not kept")


def _check_layer_1(record: Record, texts: Mapping[str, str], counts: Counter[str]) -> Iterator[Finding]:
    for document, payload in record.query("SELECT document, payload FROM annotations ORDER BY document"):
        name = cast("str", document)
        annotations = cast("dict[str, list[Row]]", json.loads(cast("str", payload)))
        ids = {noun: {cast("str", row.get("id")) for row in rows} for noun, rows in annotations.items()}
        ids["documents"] = {name}
        for noun, rows in annotations.items():
            targets = {**_LAYER_1, "parent": ("events",)}
            for row in rows:
                subject = f"{name} {noun} {row.get('id', '')}".strip()
                yield from _check_evidence(subject, row, texts, counts)
                yield from _check_references(subject, row, targets, ids, counts)


def _check_layer_2(record: Record, texts: Mapping[str, str], counts: Counter[str]) -> Iterator[Finding]:
    tables = (*NOUNS, "registers")
    ids = {noun: {cast("str", name) for (name,) in record.query(f"SELECT id FROM {noun}")} for noun in tables}
    for noun in NOUNS[1:]:
        targets = {**_LAYER_2, "parent": (noun,)}
        if noun == "engagements":
            targets["mentions"] = ("event_mentions",)
        for row in record.iter_rows(noun):
            name = cast("str", row["id"])
            counts["rows"] += 1
            yield from _check_evidence(name, row, texts, counts)
            yield from _check_references(name, row, targets, ids, counts)


def _check_evidence(
    subject: str, row: Mapping[str, Plain], texts: Mapping[str, str], counts: Counter[str]
) -> Iterator[Finding]:
    try:
        for cited in find_evidence(row):
            counts["evidence"] += 1
            reason = explain_false(cited, texts)
            if reason:
                yield Finding(subject, reason)
    except EvidenceError as error:
        yield Finding(subject, error.reason)


def _check_references(
    subject: str,
    row: Mapping[str, Plain],
    targets: Mapping[str, tuple[str, ...]],
    ids: Mapping[str, set[str]],
    counts: Counter[str],
) -> Iterator[Finding]:
    for field, name in _iter_references(row, targets):
        counts["references"] += 1
        if not any(name in ids.get(noun, ()) for noun in targets[field]):
            yield Finding(subject, f"{field} names {name}, which is not in the record")


def _iter_references(value: object, fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if isinstance(value, list):
        for member in value:
            yield from _iter_references(member, fields)
    elif isinstance(value, Mapping):
        for field, member in value.items():
            names = member if isinstance(member, list) else [member]
            if field in fields:
                yield from ((field, name) for name in names if isinstance(name, str))
            yield from _iter_references(names, fields)


def _check_places(record: Record) -> Iterator[Finding]:
    """The table ``evidence`` must say of each row what the row says."""
    listed = set(record.query('SELECT noun, "row", role, document, start, "end" FROM evidence'))
    found: set[tuple[Plain, ...]] = set()
    days = {id: json.loads(cast("str", day)) for id, day in record.query(_DAYS)}
    for noun in NOUNS:
        for row in record.iter_rows(noun):
            own = _get_own(row, days) if noun == "documents" else row
            found.update((noun, row["id"], *cited[:4]) for cited in find_evidence(own))
    for place in sorted(listed ^ found, key=str):
        yield Finding(str(place[1]), f"the table evidence and the {place[0]} differ on {place[2:]}")


# What a document says itself of its day, or what the others leave open, without what people set.
_DAYS = "SELECT id, coalesce(published, dated, 'null') FROM documents"


def _get_own(row: Row, days: Mapping[Plain, Plain]) -> Row:
    return {**get_document_evidence({**row, "published": days[row["id"]]}), "settled": [row["settled"]]}


def _check_registers(record: Record, counts: Counter[str]) -> Iterator[Finding]:
    rows: dict[Plain, list[Plain]] = {}
    for id, name, stored in record.query("SELECT id, name, rows FROM registers ORDER BY id"):
        counts["registers"] += 1
        register = make_stored(cast("str", id), cast("str", name), cast("str", stored))
        rows[id] = json.loads(cast("str", stored))
        if make_register(register.name, register.rows).id != id:
            yield Finding(register.id, "it is not the register that was given: its rows differ")
    for engagement in record.iter_rows("engagements"):
        source = engagement["registered"]
        if source and any(row not in rows.get(source["register"], []) for row in source["rows"]):
            yield Finding(engagement["id"], "its date rests on a row that its register does not have")


# --- decisions ------------------------------------------------------------------------------------


def _check_decisions(record: Record, counts: Counter[str]) -> Iterator[Finding]:
    previous = ""
    for number, row in enumerate(record.iter_rows("decisions"), 1):
        counts["decisions"] += 1
        subject = cast("str", row["id"])
        if row["number"] != number:
            yield Finding(subject, f"decision {number} is missing before it")
        if row["previous"] != previous:
            yield Finding(subject, "it does not follow the decision before it: one was changed, removed or added")
        if row["hash"] != hash_decision(row):
            yield Finding(subject, "it is not what was decided: its hash differs")
        previous = cast("str", row["hash"])
    [head] = record.query("SELECT max(value) FROM meta WHERE name = ?", (HEAD,))
    if (head[0] or "") != previous:
        yield Finding(str(record.path), "the last decisions are missing: the log does not end where it did")
