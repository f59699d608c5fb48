"""Nouns to the rows of the record, and every evidence in a row.

A row is the noun's plain form (`codec`) with these additions: a document's facts are flattened to words, with the full
facts beside them; mentions and time expressions get an id; an event mention gets its engagement. `find_evidence` walks
a row, whatever its noun, so that nothing that claims to stand in a text can be stored or exported unchecked.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple, cast

from communique.codec import Plain, from_plain, get_fields, to_json, to_plain
from communique.errors import EvidenceError
from communique.model import (
    AgendaItem,
    Commitment,
    Comparison,
    Document,
    Engagement,
    Entity,
    EventMention,
    Forecast,
    Issue,
    Linked,
    Measure,
    Mention,
    Problem,
    Silence,
    Statement,
    TimeExpression,
    content_id,
)
from communique.record.pointing import find_linked, get_mention_key, replace_entities

Row = dict[str, Any]  # plain JSON values; Any, since whoever takes a row knows the noun's fields
Place = tuple[str, int, int, str, str, str]  # a row of the table evidence: document, start, end, noun, row, role

# The noun tables of layer 2, each with its dataclass, in the order in which they are written and exported.
TABLES: dict[str, type] = {
    "entities": Entity,
    "mentions": Mention,
    "times": TimeExpression,
    "statements": Statement,
    "engagements": Engagement,
    "event_mentions": EventMention,
    "issues": Issue,
    "agenda": AgendaItem,
    "silences": Silence,
    "commitments": Commitment,
    "forecasts": Forecast,
    "measures": Measure,
    "comparisons": Comparison,
    "problems": Problem,
}
NOUNS: tuple[str, ...] = ("documents", *TABLES)
# Columns that only look-ups need, with the nested value that they are copied from. They are not part of a row.
COPIED: dict[str, dict[str, tuple[str, str]]] = {
    "statements": {"source_name": ("source", "name"), "source_entity": ("source", "entity")},
    "engagements": {"starts_on": ("date", "start"), "ends_on": ("date", "end")},
    "commitments": {"due_from": ("due", "start"), "due_to": ("due", "end")},
}
FACTS = ("title", "publisher", "author", "url", "language", "standpoint")


class Cited(NamedTuple):
    """A place that a row claims to stand on. ``role`` is the field that holds it, ``words`` for the row's own span."""

    role: str
    document: str
    start: int
    end: int
    quote: str


def get_columns(noun: str) -> tuple[str, ...]:
    """The columns of a noun table, in declared order."""
    names = tuple(name for name, _ in get_fields(TABLES[noun]))
    if noun in ("mentions", "times"):
        return ("id", *names)
    return (*names, "engagement") if noun == "event_mentions" else names


def get_all_columns(noun: str) -> tuple[str, ...]:
    """As `get_columns`, with those that only look-ups need."""
    return (*get_columns(noun), *COPIED.get(noun, {}))


def get_words(statement: Row) -> str:
    """What search looks for a statement in: its content."""
    return " … ".join(cast("str", content["quote"]) for content in cast("list[Row]", statement["content"]))


# --- documents ------------------------------------------------------------------------------------


def make_document_row(document: Document) -> Row:
    """A document as a row, but for ``copies`` and ``run``, which only the record knows."""
    plain = cast("Row", to_plain(document))
    facts = {name: plain[name] for name in FACTS}
    return {
        "id": document.id,
        "file": document.file,
        "sha256": document.sha256,
        "title": _word(facts["title"]),
        "publisher": _word(facts["publisher"]),
        "publisher_basis": _word(facts["publisher"], "basis"),
        "author": _word(facts["author"]),
        "url": _word(facts["url"]),
        "published": plain["published"],
        "language": _word(facts["language"]),
        "standpoint": _word(facts["standpoint"]),
        "parts": plain["parts"],
        "n_chars": len(document.text),
        "encoding": document.encoding,
        "encoding_basis": plain["encoding_basis"],
        "media_type": document.media_type,
        "text_sha256": digest_text(document.text),
        "facts": cast("Plain", facts),
        "text": document.text,
        "pages": plain["pages"],
        "losses": plain["losses"],
        "origin": plain["origin"],
    }


def make_document(row: Mapping[str, Plain]) -> Document:
    """The document out of its row; undoes `make_document_row`."""
    facts = cast("Row", row["facts"])
    return from_plain(Document, {**row, **facts})


def get_document_evidence(row: Mapping[str, Plain]) -> Row:
    """What of a document's row stands on its own text, by field, for `find_evidence`."""
    own = {name: row[name] for name in ("id", "published", "parts")}
    return {"document": row["id"], **own, **cast("Row", row["facts"])}


def digest_text(text: str) -> str:
    """SHA-256 of a text in UTF-8."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def make_storable(words: str) -> str:
    """Words in which lone surrogates (names of files that are not UTF-8) are written out, as ``\\udcff``."""
    return words.encode("utf-8", "backslashreplace").decode("utf-8")


def to_cell(value: Plain) -> Plain:
    """A row's value as SQLite takes it: lists and objects as JSON."""
    return to_json(value) if isinstance(value, (list, dict)) else value


def copy_out(noun: str, row: Row) -> list[Plain]:
    """The values of a row's `COPIED` columns."""
    return [_word(row[field], inner) for field, inner in COPIED.get(noun, {}).values()]


def _word(fact: Plain, field: str = "value") -> Plain:
    return fact[field] if isinstance(fact, dict) else None


# --- layer 2 --------------------------------------------------------------------------------------


def make_rows(linked: Linked, layer_1: Iterable[Row], problems: Iterable[Row]) -> dict[str, list[Row]]:
    """All rows of the noun tables but documents, each list sorted by id.

    Args:
        linked: What the reports together say.
        layer_1: The plain `Annotations` of every document, for what layer 2 takes over as it is.
        problems: Problems of files that could not be read.

    Raises:
        EvidenceError: Two different rows have the same id; a bug in what made them.
    """
    rows: dict[str, list[Row]] = {noun: [] for noun in TABLES}
    for noun in TABLES:
        if noun not in ("mentions", "times", "event_mentions"):
            rows[noun] += cast("list[Row]", to_plain(getattr(linked, noun)))
    rows["mentions"] = _with_ids("men", cast("list[Row]", to_plain(linked.mentions)), ("kind", "form"))
    entities = {get_mention_key(mention): mention["entity"] for mention in rows["mentions"]}
    engagements = {
        mention: engagement.id
        for engagement in linked.engagements
        for account in engagement.accounts
        for mention in account.mentions
    }
    rows["problems"] += problems
    for found in layer_1:
        rows["times"] += cast("list[Row]", found["times"])
        rows["problems"] += cast("list[Row]", found["problems"])
        known = find_linked(cast("list[Row]", found["mentions"]), entities)
        for event in cast("list[Row]", found["events"]):
            replaced = cast("Row", replace_entities(event, known))
            rows["event_mentions"].append({**replaced, "engagement": engagements.get(cast("str", event["id"]))})
    rows["times"] = _with_ids("tim", rows["times"], ("type", "value"))
    return {noun: _sort_once(noun, found) for noun, found in rows.items()}


def _with_ids(prefix: str, rows: list[Row], more: tuple[str, ...]) -> list[Row]:
    """Rows with ids from place and kind: the same words keep their id when they are linked to another entity."""
    seen: Counter[tuple[Plain, ...]] = Counter()
    numbered = []
    names = ("document", "start", "end", *more)
    for row in sorted(rows, key=lambda row: tuple(row[name] for name in names)):
        key = tuple(row[name] for name in names)
        words = key if not seen[key] else (*key, seen[key])
        seen[key] += 1
        numbered.append({"id": content_id(prefix, *words), **row})
    return numbered


def _sort_once(noun: str, rows: list[Row]) -> list[Row]:
    unique: dict[str, Row] = {}
    for row in rows:
        key = cast("str", row["id"])
        if unique.setdefault(key, row) != row:
            raise EvidenceError(f"{noun}: two different rows with the id {key}", "please report this as a bug")
    return [unique[key] for key in sorted(unique)]


# --- evidence -------------------------------------------------------------------------------------


def find_evidence(row: Mapping[str, Plain]) -> Iterator[Cited]:
    """Every place that a row stands on.

    An object with start, end and quote is one; where it names no document itself, it is in that of the object around
    it. Actors that are understood but not named (start, end and quote all None) have no place.

    Raises:
        EvidenceError: Such an object is incomplete, or no document is named around it.
    """
    document = row.get("document")
    if "quote" in row:
        yield from _cite(row, "words", document)
    for name, value in row.items():
        yield from _walk(value, name, document)


def _walk(value: Plain, role: str, document: Plain) -> Iterator[Cited]:
    if isinstance(value, list):
        for member in value:
            yield from _walk(member, role, document)
    elif isinstance(value, dict):
        around = value.get("document") or document
        if "quote" in value:
            yield from _cite(value, role, around)
        evidence = value.get("evidence")
        if isinstance(evidence, dict):  # an assertion's or a fact's voice speaks where its evidence stands
            around = evidence.get("document") or around
        for member in value.values():
            if isinstance(member, (dict, list)):
                yield from _walk(member, role, around)


def _cite(place: Mapping[str, Plain], role: str, document: Plain) -> Iterator[Cited]:
    start, end, quote = place.get("start"), place.get("end"), place["quote"]
    if start is None and end is None and quote is None:
        return
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(quote, str) and isinstance(document, str)):
        raise EvidenceError(f"{role}: incomplete evidence {dict(place)!r}", "please report this as a bug")
    yield Cited(role, document, start, end, quote)


def explain_false(cited: Cited, texts: Mapping[str, str]) -> str | None:
    """Why evidence does not hold in its text; None when it does."""
    text = texts.get(cited.document)
    if text is None:
        return f"{cited.role}: there is no document {cited.document}"
    if not 0 <= cited.start < cited.end <= len(text):
        return f"{cited.role}: no span {cited.start}:{cited.end} in {cited.document} of {len(text)} characters"
    words = text[cited.start : cited.end]
    if words != cited.quote:
        return f"{cited.role}: {cited.document} {cited.start}:{cited.end} is {words[:80]!r}, not {cited.quote[:80]!r}"
    return None


def check_rows(noun: str, rows: Iterable[Row], texts: Mapping[str, str]) -> set[Place]:
    """The rows' evidence as it goes into the table of that name.

    Raises:
        EvidenceError: One does not hold in its text.
    """
    places: set[Place] = set()
    for row in rows:
        name = cast("str", row.get("id", ""))
        for cited in find_evidence(row):
            reason = explain_false(cited, texts)
            if reason:
                raise EvidenceError(f"{noun} {name}: {reason}", "please report this as a bug")
            places.add((cited.document, cited.start, cited.end, noun, name, cited.role))
    return places
