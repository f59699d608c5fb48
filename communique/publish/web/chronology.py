"""Which entries the chronology shows: engagements, measures and due days, narrowed by period, people, issue and status.

All of it is chosen in the narrow table ``chronology``, which is kept in the order of the days.
"""

from __future__ import annotations

from communique.model import AHEAD, EngagementKind, Status
from communique.publish.site.holdings import LAST_DAY
from communique.publish.site.lists import Entry
from communique.publish.web.ask import Ask, Facet, Field, first_day, last_day
from communique.publish.web.choose import Chosen, Found, look, make_facets
from communique.publish.web.desk import Desk

FIELDS = ("from", "to", "person", "issue", "publisher", "kind", "status", "what", "order")
LATEST = "latest"
MOST_NAMES = 50
MANY = 10  # who is named in one of so many entries is nearly everywhere
WHAT = {"engagements": "engagements", "measures": "measures", "commitments": "due days"}
_EXPECTED = "expected or planned"
_TOLD = "all but expected or planned"
_DATES = {"engagements": "date", "measures": "date", "commitments": "due"}
_ENTRIES = {"engagements": "engagement", "measures": "measure", "commitments": "due"}


def choose(ask: Ask, desk: Desk) -> Chosen:
    """The entries that an address asks for: what follows FROM, for the table ``chronology c``."""
    conditions: list[str] = ["1"]
    values: list[object] = []
    for name, column in (("kind", "c.kind"), ("what", "c.noun")):
        if ask.get(name):
            conditions.append(f"{column} = ?")
            values.append(ask.get(name))
    if ask.get("status") == _EXPECTED:
        conditions.append(f"c.status IN ({', '.join('?' * len(AHEAD))})")
        values += sorted(AHEAD)
    elif ask.get("status") == _TOLD:
        conditions.append(f"c.status NOT IN ({', '.join('?' * len(AHEAD))})")
        values += sorted(AHEAD)
    elif ask.get("status"):
        conditions.append("c.status = ?")
        values.append(ask.get("status"))
    if ask.get("from") and (day := first_day(ask.get("from"))):
        conditions.append("coalesce(c.last, c.day) >= ?")
        values.append(day)
    if ask.get("to") and (day := last_day(ask.get("to"))):
        conditions.append("c.day <= ?")
        values.append(day)
    if ask.get("person"):
        people = find_people(ask.get("person"), desk)
        naming = (
            "SELECT \"row\" FROM named WHERE noun IN ('engagements', 'measures', 'commitments')"
            f" AND entity IN ({', '.join('?' * len(people))})"
        )
        # Of who is nearly everywhere rows are found sooner by walking the days: + keeps SQLite from the index.
        number = int(str(desk.record.query(f"SELECT count(*) FROM ({naming})", tuple(people))[0][0]))
        is_everywhere = number * MANY > sum(desk.tallies().get(noun, 0) for noun in WHAT)
        conditions.append(f'{"+" if is_everywhere else ""}c."row" IN ({naming})')
        values += people
    if ask.get("issue"):
        conditions.append('c."row" IN (SELECT engagement FROM agenda WHERE issue = ?)')
        values.append(ask.get("issue"))
    if ask.get("publisher"):
        conditions.append(
            'c."row" IN (SELECT e."row" FROM document_order d JOIN evidence e ON e.document = d.document'
            " WHERE d.publisher = ? AND e.noun IN ('engagements', 'measures', 'commitments'))"
        )
        values.append(ask.get("publisher"))
    if ask.get("order") == LATEST:
        conditions.append(f"c.sort < '{LAST_DAY}'")
    order = "c.sort DESC" if ask.get("order") == LATEST else "c.sort"
    return Chosen(f"chronology c WHERE {' AND '.join(conditions)}", tuple(values), order)


def find_people(words: str, desk: Desk) -> list[str]:
    """Entities meant by an id or by a part of a name; a search of nobody finds nobody."""
    if desk.get("entities", words):
        return [words]
    pattern = "%" + words.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"
    found = desk.record.query(
        f"SELECT id FROM entities WHERE name LIKE ? ESCAPE '\\' ORDER BY length(name), id LIMIT {MOST_NAMES}",
        (pattern,),
    )
    return [str(id) for (id,) in found]


def find(chosen: Chosen, ask: Ask, desk: Desk) -> Found:
    """The entries found; of those on the page, noun and row."""
    return look(chosen, ("c.noun", 'c."row"'), {"what": "c.noun", "kind": "c.kind", "status": "c.status"}, ask, desk)


def load_entries(found: Found, desk: Desk) -> list[Entry]:
    """The entries of the page that is asked for, in order."""
    for noun in WHAT:
        desk.rows(noun, [row for other, row in found.rows if other == noun])
    entries = []
    for noun, id in found.rows:
        row = desk.get(noun, id)
        if row is not None:
            entries.append(Entry(row, _ENTRIES[noun], row[_DATES[noun]], []))
    return entries


def fields(ask: Ask) -> list[Field]:
    """The form above the list."""
    kinds = [("", "any"), *((str(kind), str(kind).replace("_", " ")) for kind in EngagementKind)]
    statuses = [("", "any"), (_EXPECTED, _EXPECTED), (_TOLD, _TOLD), *((str(status), str(status)) for status in Status)]
    return [
        Field("from", "From", ask.get("from"), hint="2013, 2013-05"),
        Field("to", "to", ask.get("to"), hint="2013-05-31"),
        Field("person", "Who or where", ask.get("person"), hint="a name"),
        Field("kind", "Kind", ask.get("kind"), kinds),
        Field("status", "Status", ask.get("status"), statuses),
        Field("order", "Order", ask.get("order"), [("", "by earliest day"), (LATEST, "latest first, dated only")]),
        *(Field(name, "", ask.get(name)) for name in ("issue", "publisher", "what") if ask.get(name)),
    ]


def facets(found: Found, ask: Ask) -> list[Facet]:
    """What the entries found can be narrowed by, with counts."""
    return make_facets(found, {"what": "What", "kind": "Kind", "status": "Status"}, ask, _words)


def _words(name: str, value: str) -> str:
    return WHAT[value] if name == "what" else value.replace("_", " ")
