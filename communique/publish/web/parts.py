"""Which is which: rows that may be the same as a row, and the words of a row, of which some may mean another one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.publish.site.holdings import label
from communique.publish.site.text import snippet
from communique.publish.site.words import Row, date_words, without_reason
from communique.publish.web.data import words_of
from communique.publish.web.desk import Desk
from communique.record.anchors import get_places

MOST_CANDIDATES = 20
MOST_PARTS = 200


def list_parts(desk: Desk, noun: str, id: str) -> dict[str, Any]:
    """Places of a name or an engagement with what stands around them; ``left``: how many are not listed."""
    rows = desk.record.select(noun, f"WHERE {noun}.id = ?", (id,)) if noun in ("entities", "engagements") else []
    places = get_places(noun, rows[0]) if rows else []
    order = sorted(places, key=lambda place: (desk.numbers.get(place["document"], 0), place["start"], place["end"]))
    return {"parts": [_part(desk, place) for place in order[:MOST_PARTS]], "left": max(0, len(order) - MOST_PARTS)}


def _part(desk: Desk, place: Row) -> dict[str, Any]:
    document = desk.get("documents", place["document"]) or {}
    before, words, after = snippet(desk.texts.get(place["document"], ""), place)
    named = {"document": place["document"], "start": place["start"], "end": place["end"]}
    return {**named, "before": before, "words": words, "after": after, "source": _source(desk, document)}


def _source(desk: Desk, document: Row) -> str:
    """The report by number, title and day; empty where the record does not have it."""
    return (
        "" if not document else f"{desk.numbers[document['id']]} {label(document)}, {date_words(document['published'])}"
    )


def name_choices(desk: Desk, noun: str, row: Row, field: str) -> list[tuple[str, str]]:
    """Of a field that names another row, rows that it may name, by title: id and words. Other fields have none.

    An engagement is chosen among those that the row's reports tell; what the row names now is always among them.
    """
    if field not in ("engagement", "parent", "answers"):
        return []
    documents = {place["document"] for place in get_places(noun, row)}
    what = "measures" if field == "answers" else "engagements"
    near = sorted(
        (other for id in documents for other in desk.of(f"{what} of document", id) if other["id"] != row["id"]),
        key=lambda other: (words_of(other), other["id"]),
    )
    now = desk.get(what, row[field])
    rows = {other["id"]: other for other in (*([now] if now else []), *near)}
    return [("", "none"), *((id, call_row(other)) for id, other in list(rows.items())[:MOST_PARTS])]


def call_row(row: Row) -> str:
    """A row by its title and day."""
    day = f", {date_words(without_reason(row['date']))}" if row["date"] else ""
    return f"{words_of(row)}{day}"


def find_candidates(desk: Desk, noun: str, id: str, asked: str) -> list[str]:
    """Ids of rows of the noun that may be the same: of a name searched for; else of like names, or near in time."""
    row = desk.get(noun, id)
    if row is None or noun not in ("entities", "engagements"):
        return []
    column = "name" if noun == "entities" else "title"
    values: tuple[object, ...]
    if asked:
        escaped = asked.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        sql = f"SELECT id FROM {noun} WHERE {column} LIKE ? ESCAPE '\\' AND id <> ? ORDER BY {column}, id"
        values = (f"%{escaped}%", id)
    elif noun == "entities":
        words = sorted(str(row["name"]).split(), key=len)[-1:] or [""]
        sql = "SELECT id FROM entities WHERE instr(name, ?) AND id <> ? AND kind = ? ORDER BY name, id"
        values = (words[0], id, row["kind"])
    else:
        day = (row["date"] or {}).get("start")
        sql = (
            'SELECT "row" FROM chronology WHERE noun = \'engagements\' AND "row" <> ? AND day IS NOT NULL'
            " ORDER BY abs(julianday(day) - julianday(?)), sort"
        )
        values = (id, day)
    return [str(found) for (found,) in desk.record.query(f"{sql} LIMIT {MOST_CANDIDATES}", values)]


def describe(desk: Desk, noun: str, row: Mapping[str, Any]) -> str:
    """What tells a candidate from others: dates, roles, places."""
    if noun == "engagements":
        place = f", {row['place']['name']}" if row["place"] else ""
        people = ", ".join(person["name"] for person in row["participants"][:6])
        return f"{(row['date'] or {}).get('edtf') or 'date unknown'}{place}; {people or 'nobody named'}"
    offices = "; ".join(office["office"] for office in row["offices"][:3])
    return f"{row['kind']}{f', {offices}' if offices else ''}; {desk.times_named(row)} mentions"
