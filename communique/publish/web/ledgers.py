"""The lists that are one noun table, narrowed by some of its columns: names, agenda, ledgers, conflicts, documents."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from communique.model import EntityKind
from communique.publish.site.lists import KINDS, RELATIONS
from communique.publish.site.words import date_words, property_words
from communique.publish.web.ask import UNKNOWN, Ask, Facet, Field
from communique.publish.web.choose import Chosen, Found, look, make_facet, make_facets
from communique.publish.web.desk import Desk
from communique.tables import load_table

_DUE = "coalesce(due_from, due_to, '9999-12-31'), id"
GRAVE = (
    "CASE relation WHEN 'contradicts' THEN 0 WHEN 'different scope' THEN 1 WHEN 'broader' THEN 2 ELSE 3 END, about, id"
)


class Ledger(NamedTuple):
    """How a list is chosen.

    ``filters``: name in the address → title of its facet, and the column. ``words``: a column searched for a part of a
    name. ``naming``: roles in the table ``named`` by which a row belongs to somebody, asked for as ``who``.
    """

    noun: str
    title: str
    order: str
    filters: Mapping[str, tuple[str, str]]
    words: str = ""
    naming: Sequence[str] = ()
    source: str = ""
    id: str = "id"
    folded: str = ""


LEDGERS = {
    "names": Ledger(
        "entities",
        "Names",
        "name, id",
        {"kind": ("Kind", "kind"), "state": ("State", "territory")},
        "name",
        folded="name COLLATE NOCASE, id",
    ),
    "agenda": Ledger(
        "agenda",
        "Agenda",
        "issue, id",
        {"issue": ("Issue", "issue"), "phase": ("Phase", "phase"), "engagement": ("Engagement", "engagement")},
        "issue",
        ("voice",),
        folded="issue COLLATE NOCASE, id",
    ),
    "commitments": Ledger(
        "commitments", "Commitments", _DUE, {"status": ("Status", "status")}, "what", ("debtors", "creditors")
    ),
    "forecasts": Ledger(
        "forecasts",
        "Forecasts",
        "o.number, f.id",
        {"resolution": ("What came of it", "f.resolution"), "engagement": ("Engagement", "f.engagement")},
        "f.what",
        ("forecaster", "via"),
        "document_order o JOIN forecasts f ON f.document = o.document",
        "f.id",
    ),
    "measures": Ledger(
        "measures",
        "Measures",
        "c.sort",
        {"kind": ("Kind", "m.kind"), "status": ("Status", "m.status"), "order": ("Order", "m.order_check")},
        "m.name",
        ("actor", "targets"),
        "measures m JOIN chronology c ON c.\"row\" = m.id AND c.noun = 'measures'",
        "m.id",
    ),
    "conflicts": Ledger(
        "comparisons",
        "Conflicts",
        GRAVE,
        {"relation": ("Relation", "relation"), "property": ("Property", "property"), "about": ("About", "about")},
    ),
    "documents": Ledger(
        "documents",
        "Documents",
        "o.number",
        {"publisher": ("Publisher", "o.publisher")},
        "d.title",
        (),
        "document_order o JOIN documents d ON d.id = o.document",
        "o.document",
    ),
    "silences": Ledger(
        "silences",
        "Silences",
        "kind, document, id",
        {"kind": ("Kind", "kind"), "engagement": ("Engagement", "engagement")},
        "what",
        ("who",),
    ),
    "problems": Ledger("problems", "Problems", "subject, id", {"stage": ("Stage", "stage")}, "subject"),
}


# What it means there that a row belongs to somebody.
WHO = {
    "agenda": "In the voice of",
    "commitments": "Who, or to whom",
    "forecasts": "Who expects",
    "measures": "By, against",
}


def known(name: str) -> tuple[str, ...]:
    """What an address of the list may ask for."""
    ledger = LEDGERS[name]
    return (*(("q",) if ledger.words else ()), *(("who",) if ledger.naming else ()), *ledger.filters)


def choose(name: str, ask: Ask) -> Chosen:
    """The rows that an address asks for."""
    ledger = LEDGERS[name]
    conditions: list[str] = ["1"]
    values: list[object] = []
    for key, (_, column) in ledger.filters.items():
        if ask.get(key) == UNKNOWN:
            conditions.append(f"{column} IS NULL")
        elif ask.get(key):
            conditions.append(f"{column} = ?")
            values.append(ask.get(key))
    if ask.get("q"):
        conditions.append(f"{ledger.words} LIKE ? ESCAPE '\\'")
        escaped = ask.get("q").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        values.append(f"%{escaped}%")
    if ask.get("who"):
        roles = ", ".join("?" * len(ledger.naming))
        conditions.append(
            f'{ledger.id} IN (SELECT "row" FROM named WHERE noun = ? AND role IN ({roles}) AND entity = ?)'
        )
        values += [ledger.noun, *ledger.naming, ask.get("who")]
    return Chosen(
        f"{ledger.source or ledger.noun} WHERE {' AND '.join(conditions)}", tuple(values), ledger.order, ledger.folded
    )


def fields(name: str, ask: Ask) -> list[Field]:
    """The form above the list; nothing where there is nothing to type."""
    ledger = LEDGERS[name]
    if not ledger.words:
        return []
    hidden = [Field(key, "", ask.get(key)) for key in known(name) if key != "q" and ask.get(key)]
    return [Field("q", {"names": "Name", "documents": "Title"}.get(name, "Words"), ask.get("q")), *hidden]


def find(name: str, chosen: Chosen, ask: Ask, desk: Desk) -> Found:
    """The rows found; of those on the page, the id."""
    columns = {key: column for key, (_, column) in LEDGERS[name].filters.items()} | {"id": LEDGERS[name].id}
    if name == "documents":
        columns["publisher"] = f"coalesce(o.publisher, '{UNKNOWN}')"
    return look(chosen, (LEDGERS[name].id,), columns, ask, desk)


def facets(name: str, found: Found, ask: Ask, desk: Desk) -> list[Facet]:
    """What the rows found can be narrowed by, with counts."""

    def words(key: str, value: str) -> str:
        if value == UNKNOWN:
            return "unknown"
        if key == "who":
            entity = desk.get("entities", value)
            return str(entity["name"]) if entity else value
        if key == "state":
            return str(load_table("territories").get(value, {}).get("name", value))
        if key in ("engagement", "about"):
            return call_engagement(desk, value)
        if name == "names" and key == "kind" and value in set(EntityKind):
            return KINDS[EntityKind(value)]
        if key == "property":
            return property_words(value)
        if key == "relation" and value in RELATIONS:
            return str(value)
        return value

    titles = {key: title for key, (title, _) in LEDGERS[name].filters.items()}
    made = make_facets(found, titles, ask, words)
    if not LEDGERS[name].naming:
        return made
    roles = LEDGERS[name].naming
    sql = f"{_NAMED} AND n.role IN ({', '.join('?' * len(roles))}) GROUP BY 1"
    counted = desk.record.query(sql, (json.dumps(found.columns["id"]), LEDGERS[name].noun, *roles))
    who = make_facet("who", WHO.get(name, "Who"), [(str(id), int(str(number))) for id, number in counted], ask, words)
    return [*([who] if who else []), *made]


_NAMED = (
    'SELECT n.entity, count(DISTINCT n."row") FROM json_each(?) f CROSS JOIN named n ON n.noun = ?'
    ' AND n."row" = f.value'
)


def call_engagement(desk: Desk, id: str) -> str:
    """An engagement by its title and day, which tells those of one title apart; a document by its title."""
    if row := desk.get("engagements", id):
        return f"{row['title']}, {date_words({**row['date'], 'note': ''})}" if row["date"] else str(row["title"])
    if measure := desk.get("measures", id):
        return str(measure["name"])
    document = desk.get("documents", id)
    return str(document["title"] or document["file"]) if document else id
