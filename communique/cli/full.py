"""A row in full for a terminal: what is said, on which words, and how it was found.

The fields of statements, engagements, documents and entities are put in words; other nouns are shown field by field,
as they are exported. Quotations are whole and carry their place: ``[The Ledger, 3 June 2014: 120-164]``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from communique.cli.output import Row
from communique.publish.lines import (
    Names,
    assertion_words,
    call,
    comparison_words,
    office_words,
    register_words,
    to_line,
)
from communique.publish.site.words import basis_words, date_words, edtf_words
from communique.record.reader import Record

# Nouns that a document or engagement is not listed with: they are its words, not what rests on them.
_WORDS = ("documents", "entities", "mentions", "times", "event_mentions")


def describe(record: Record, noun: str, row: Row, names: Names) -> Iterator[str]:
    """The lines of a row in full, without indentation in the first."""
    yield to_line(noun, names)(row)
    shown = {name: value for name, value in row.items() if name != "review"}
    for line in _DESCRIBERS.get(noun, _describe_any)(record, shown, names):
        yield f"  {line}"
    yield from _describe_review(record, row)


def _describe_review(record: Record, row: Row) -> Iterator[str]:
    """How far people settled a row, and who decided last."""
    if "review" not in row:
        return
    last = record.query(
        "SELECT d.who, d.decided_at, d.id, d.why FROM reviews r JOIN decisions d ON d.id = r.decision"
        ' WHERE r."row" = ?',
        (row["id"],),
    )
    for who, decided_at, id, why in last:
        yield f"  review: {row['review']}, by {who}, {decided_at} ({id}){f': {why}' if why else ''}"
    if not last:
        yield "  review: proposed by the program; nobody has decided on it"


def _cite(place: Row, names: Names, document: str = "") -> str:
    """The words of a place and where they stand; nothing where a name is understood only."""
    if place.get("start") is None:
        return "understood, not named there"
    where = f"{call(place.get('document') or document, names)}: {place['start']}-{place['end']}"
    return f"“{_on_one_line(place['quote'])}”  [{where}]"


def _on_one_line(words: str) -> str:
    return " ".join(words.split())


def _when(when: Row | None) -> str:
    return f"{date_words(when)} ({when['edtf'] or 'open'}; {basis_words(when['basis'])})" if when else "unknown"


def _reference(record: Record, name: str | None, names: Names) -> str:
    """Another row as a line of its own noun."""
    return to_line(record.resolve(name)[0], names)(record.row(name)) if name else "unknown"


def _section(title: str, lines: list[str]) -> list[str]:
    return [title, *(f"  {line}" for line in lines)] if lines else []


def _describe_statement(record: Record, row: Row, names: Names) -> Iterator[str]:
    document = row["document"]
    yield from (f"words: {_cite(piece, names)}" for piece in row["content"])
    yield f"cue: {_cite(row['cue'], names)}" if row["cue"] else "cue: none"
    yield f"speaker: {_actor(row['source'], document, names)}"
    yield from (f"through: {_actor(via, document, names)}" for via in row["via"])
    if row["addressee"]:
        yield f"to: {_actor(row['addressee'], document, names)}"
    yield f"when it was said: {_when(row['made'])}"
    if row["engagement"]:
        yield f"at: {_reference(record, row['engagement'], names)}"
    yield f"in: {row['part']} of {_reference(record, document, names)}"
    yield f"form: {row['form']}; {row['polarity']}"
    found = f"found by the rule “{row['rule']}”; " if row["rule"] else ""
    resolved = f"speaker resolved by “{row['resolution']}”; " if row["resolution"] else ""
    yield f"{found}{resolved}confidence {row['confidence']:.2f}"


def _actor(actor: Row | None, document: str, names: Names) -> str:
    if not actor:
        return "unknown"
    entity = f", {actor['entity']}" if actor["entity"] else ""
    return f"{actor['name']} ({actor['kind']}{entity})  {_cite(actor, names, document)}"


def _describe_engagement(record: Record, row: Row, names: Names) -> Iterator[str]:
    yield f"when: {_when(row['date'])}"
    yield from (f"  {_cite(evidence, names)}" for evidence in (row["date"] or {}).get("evidence", []))
    yield from _registered(row["registered"])
    place = row["place"]
    territory = f", {place['territory']}" if place and place["territory"] else ""
    yield f"where: {place['name']}{territory}" if place else "where: unknown"
    yield from _section("who", [_participant(participant) for participant in row["participants"]])
    mode = f", {row['plover']['mode']}" if row["plover"]["mode"] else ""
    yield f"PLOVER: {row['plover']['event']}{mode}"
    if row["parent"]:
        yield f"part of: {_reference(record, row['parent'], names)}"
    parts = [other for other in record.rows("engagements") if other["parent"] == row["id"]]
    yield from _section("parts", [to_line("engagements", names)(part) for part in parts])
    yield from _section("accounts", [line for account in row["accounts"] for line in _account(row, account, names)])
    yield from _section("one engagement because of", row["reasons"])
    compared = [other for other in record.rows("comparisons") if other["about"] == row["id"]]
    yield from _section("how these stand to each other", [comparison_words(other, names) for other in compared])
    for noun in ("statements", "agenda", "silences", "forecasts"):
        found = [other for other in record.rows(noun) if other["engagement"] == row["id"]]
        yield from _section(noun, [to_line(noun, names)(other) for other in found])


def _registered(source: Row | None) -> Iterator[str]:
    """What a register adds to the date, and what the reports say without it."""
    if source is not None:
        yield f"  reports: {_when(source['told'])}"
        yield f"  register {source['name']} ({source['register']}): {source['reason']}"
        yield from (f"    {register_words(row)}" for row in source["rows"])


def _participant(participant: Row) -> str:
    office = f", {participant['office']}" if participant["office"] else ""
    entity = f"  {participant['entity']}" if participant["entity"] else ""
    unsure = "" if participant["present"] is not None else "; presence left open"
    return f"{participant['name']}{office} ({participant['role']}{unsure}){entity}"


def _account(row: Row, account: Row, names: Names) -> Iterator[str]:
    document = account["document"]
    yield call(document, names)
    for evidence in row["evidence"]:
        if evidence["document"] == document:
            place = f"{evidence['start']}-{evidence['end']}"
            yield f"  {evidence['status']}: “{_on_one_line(evidence['quote'])}”  [{place}]"
    for assertion in account["assertions"]:
        place = f"{assertion['evidence']['start']}-{assertion['evidence']['end']}"
        yield f"  {assertion['property']}: {assertion_words(assertion)}  [{place}]"


def _describe_document(record: Record, row: Row, names: Names) -> Iterator[str]:
    for name in ("title", "publisher", "author", "url", "language", "standpoint"):
        fact = row["facts"][name]
        yield f"{name}: {fact['value']} ({basis_words(fact['basis'])})" if fact else f"{name}: unknown"
    yield f"published: {_when(row['published'])}"
    guess = " (a guess)" if row["encoding_basis"] == "inferred" else ""
    yield f"file: {row['file']}, {row['media_type']}, {row['encoding']}{guess}"
    yield f"sha256: {row['sha256']}"
    if row["origin"]:
        yield f"read from: {' → '.join([row['origin']['file'], *row['origin']['way']])}"
    yield from _section("lost in reading", row["losses"])
    yield from _section("pages", [f"page {page['page']}: {page['start']}-{page['end']}" for page in row["pages"]])
    yield from _section("copies", [copy["file"] for copy in row["copies"]])
    yield from _section("parts", [_part(part) for part in row["parts"]])
    found: dict[str, dict[str, None]] = {}
    for place in record.evidence_in(row["id"]):
        if place["noun"] not in _WORDS:
            found.setdefault(place["noun"], {})[place["row"]] = None
    for noun, ids in found.items():
        yield from _section(noun, [to_line(noun, names)(record.row(name)) for name in ids])


def _part(part: Row) -> str:
    by = f", by {part['author']}" if part["author"] else ""
    place = f", {part['place']}" if part["place"] else ""
    when = f", {_when(part['published'])}" if part["published"] else ""
    return f"{part['part']} {part['start']}-{part['end']}{by}{place}{when}"


def _describe_entity(record: Record, row: Row, names: Names) -> Iterator[str]:
    yield from _section("names", row["names"])
    for office in row["offices"]:
        span = f", {office['start'] or '?'} to {office['end'] or '?'}" if office["start"] or office["end"] else ""
        # Several days are a set in EDTF: {2013-05-06,2015-12-16}.
        days = (office["as_of"] or "").strip("{}").split(",")
        as_of = f", as of {', '.join(map(edtf_words, days))}" if office["as_of"] else ""
        yield from _section(f"{office_words(office)}{span}{as_of}", [_cite(e, names) for e in office["evidence"]])
    yield from _section("held to be one because of", row["reasons"])
    said = [other for other in record.rows("statements") if (other["source"] or {}).get("entity") == row["id"]]
    yield from _section("statements", [to_line("statements", names)(other) for other in said])
    taken = [
        other
        for other in record.rows("engagements")
        if any(participant["entity"] == row["id"] for participant in other["participants"])
    ]
    yield from _section("engagements", [to_line("engagements", names)(other) for other in taken])
    yield from _section("mentions", [_cite(mention, names) for mention in row["mentions"]])


def _describe_any(record: Record, row: Row, names: Names) -> Iterator[str]:
    for name, value in row.items():
        if name != "id" and value not in (None, [], "", {}):
            yield from _field(name, value, names, row.get("document", ""))


def _field(name: str, value: Any, names: Names, document: str) -> Iterator[str]:
    if isinstance(value, list):
        yield from _section(name, [_inline(member, names, document) for member in value])
    elif isinstance(value, str) and value in names:
        yield f"{name}: {call(value, names)}  {value}"
    else:
        yield f"{name}: {_inline(value, names, document)}"


def _inline(value: Any, names: Names, document: str) -> str:
    if isinstance(value, list):
        return "; ".join(_inline(member, names, document) for member in value)
    if not isinstance(value, dict):
        return str(value)
    if "edtf" in value:
        return _when(value)
    if "relation" not in value and "name" in value and "kind" in value:
        return _actor(value, document, names) if "start" in value else f"{value['name']} ({value['kind']})"
    own = _cite(value, names, document) if value.get("quote") else ""
    shown = (f"{key}: {_inline(inner, names, document)}" for key, inner in value.items() if key not in _PLACE and inner)
    return "  ".join(filter(None, (own, ", ".join(shown))))


_PLACE = ("document", "start", "end", "quote")
_DESCRIBERS: dict[str, Callable[[Record, Row, Names], Iterator[str]]] = {
    "statements": _describe_statement,
    "engagements": _describe_engagement,
    "documents": _describe_document,
    "entities": _describe_entity,
}
