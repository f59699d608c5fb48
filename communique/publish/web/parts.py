"""Which is which: rows that may be the same as a row, and the words of a row, of which some may mean another one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from communique.publish.site.holdings import label
from communique.publish.site.text import snippet
from communique.publish.site.words import Row, date_words
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
    before, words, after = snippet(desk.texts[place["document"]], place)
    named = {"document": place["document"], "start": place["start"], "end": place["end"]}
    return {**named, "before": before, "words": words, "after": after, "source": _source(desk, document)}


def _source(desk: Desk, document: Row) -> str:
    return f"{desk.numbers[document['id']]} {label(document)}, {date_words(document['published'])}"


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
