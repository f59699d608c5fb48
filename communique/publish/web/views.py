"""The pages that are lists, and what of the record is on them: a `View` is a page and the rows that it shows.

The pages of one thing each are in `things`. Every view is made of the same templates as the static site; the rows go
with it, so that the same can be had as JSON and CSV.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from importlib.metadata import version
from typing import Any, NamedTuple

from communique.model import AHEAD, Review
from communique.publish.site.holdings import LAST_DAY, Cut
from communique.publish.site.lists import MATRIX_COLUMNS, RELATIONS, Group, Page, by_month, matrix_of
from communique.publish.site.pages import CONTESTED, FEW, SOME
from communique.publish.site.words import Row
from communique.publish.web import chronology, ledgers, statements, texts
from communique.publish.web.ask import Ask, Facet, Field, Pages
from communique.publish.web.desk import COUNTED, Desk
from communique.publish.web.ledgers import GRAVE


class View(NamedTuple):
    """A page and, by noun, the rows shown on it.

    ``total`` is that of a list, None for a page of one thing; ``more`` goes into the JSON as it is.
    """

    page: Page
    tables: Mapping[str, list[Row]]
    total: int | None = None
    following: str | None = None
    more: Mapping[str, Any] = {}


class Above(NamedTuple):
    """What is known of a list before its rows: the form, the facets, and how many were found."""

    fields: list[Field]
    facets: list[Facet]
    total: int


class Filters(NamedTuple):
    """What stands above a list: the form, the facets, what was found, and which of it nobody has decided on."""

    action: str
    fields: list[Field]
    facets: list[Facet]
    total: int
    counted: int
    cleared: str
    undecided: list[str]


def overview(desk: Desk) -> View:
    """What is in the record."""
    ahead = ", ".join(f"'{status}'" for status in sorted(AHEAD))
    entries = "SELECT \"row\" FROM chronology WHERE noun = 'engagements' AND "
    latest = f"{entries} sort < '{LAST_DAY}' AND status NOT IN ({ahead}) ORDER BY sort DESC"
    coming = f"{entries} status IN ({ahead}) ORDER BY sort"
    contested = f"SELECT id FROM comparisons WHERE relation IN ('{CONTESTED[0]}', '{CONTESTED[1]}') ORDER BY {GRAVE}"
    due = (
        "SELECT * FROM (SELECT \"row\" FROM chronology WHERE kind = 'due' AND status IN ('open', 'no follow-up in the"
        " corpus') ORDER BY sort) UNION ALL SELECT id FROM commitments WHERE due IS NULL"
        " AND status IN ('open', 'no follow-up in the corpus')"
    )
    documents = "SELECT document FROM document_order ORDER BY number"
    context = {
        "counts": counts(desk),
        "documents": _cut(desk, "documents", documents, SOME),
        "latest": _cut(desk, "engagements", latest, FEW),
        "ahead": _cut(desk, "engagements", coming, FEW),
        "conflicts": _cut(desk, "comparisons", contested, FEW),
        "due": _cut(desk, "commitments", due, FEW),
        "problems": _cut(desk, "problems", "SELECT id FROM problems ORDER BY subject, id", FEW),
    }
    rows = {name: found.rows for name, found in context.items() if isinstance(found, Cut)}
    return View(Page("", "index.html", "Overview", "index", context), rows)


def counts(desk: Desk) -> dict[str, int]:
    """How many rows the nouns of the overview have."""
    found = desk.tallies()
    more = {"documents": "SELECT max(number) FROM document_order", "problems": "SELECT count(*) FROM problems"}
    return {**found, **{noun: int(str(desk.record.query(sql)[0][0] or 0)) for noun, sql in more.items()}}


def _cut(desk: Desk, noun: str, chosen: str, at: int) -> Cut:
    ids = [str(id) for (id,) in desk.record.query(f"SELECT * FROM ({chosen}) LIMIT {at}")]
    return desk.cut(desk.rows(noun, ids), desk.count(chosen, ()))


def chronology_view(desk: Desk, ask: Ask) -> View:
    """Engagements, measures and due days in the order of their days."""
    found = chronology.find(chronology.choose(ask, desk), ask, desk)
    entries = chronology.load_entries(found, desk)
    rows: dict[str, list[Row]] = {noun: [] for noun in chronology.WHAT}
    for entry in entries:
        rows[{"engagement": "engagements", "measure": "measures", "due": "commitments"}[entry.what]].append(entry.row)
    above = Above(chronology.fields(ask), chronology.facets(found, ask), found.total)
    return _list(
        desk, ask, "Chronology", by_month(entries, latest_first=ask.get("order") == chronology.LATEST), above, rows
    )


def statements_view(desk: Desk, ask: Ask) -> View:
    """Who said what."""
    found = statements.find(statements.choose(ask, desk), ask, desk)
    rows = desk.rows("statements", [id for (id,) in found.rows])
    groups = [Group("statements", "", list(rows))] if rows else []
    above = Above(statements.fields(ask), statements.facets(found, ask, desk), found.total)
    view = _list(desk, ask, "Statements", groups, above, {"statements": rows})
    return _with(view, texts=texts.find(desk, ask.get("q")) if ask.page == 1 else Cut([], 0))


def ledger_view(desk: Desk, ask: Ask) -> View:
    """A list that is one noun table."""
    ledger = ledgers.LEDGERS[ask.name]
    found = ledgers.find(ask.name, ledgers.choose(ask.name, ask), ask, desk)
    rows = desk.rows(ledger.noun, [id for (id,) in found.rows])
    groups = list(group_rows(ask.name, rows))
    above = Above(ledgers.fields(ask.name, ask), ledgers.facets(ask.name, found, ask, desk), found.total)
    view = _list(desk, ask, ledger.title, groups, above, {ledger.noun: rows})
    if ask.name == "agenda":
        return _with(view, matrix=_matrix(desk) if ask.page == 1 else {})
    return _with(view, **_unheard(desk)) if ask.name == "silences" else view


def _with(view: View, **more: Any) -> View:
    return view._replace(page=view.page._replace(context={**view.page.context, **more}))


def _unheard(desk: Desk) -> Mapping[str, Cut]:
    """What was expected and has no outcome, what was promised without news of it. Not a denial, either of them."""
    ahead = ", ".join(f"'{status}'" for status in sorted(AHEAD))
    expected = f"SELECT \"row\" FROM chronology WHERE noun = 'engagements' AND status IN ({ahead}) ORDER BY sort"
    promised = "SELECT id FROM commitments WHERE status = 'no follow-up in the corpus' ORDER BY id"
    return {
        "ahead": _cut(desk, "engagements", expected, SOME),
        "unheard": _cut(desk, "commitments", promised, SOME),
    }


def _matrix(desk: Desk) -> Mapping[str, Any]:
    """Issues against the engagements with most agenda items."""
    known = "SELECT engagement, count(*) FROM agenda WHERE engagement IS NOT NULL GROUP BY engagement"
    found = desk.record.query(f"{known} ORDER BY 2 DESC, 1 LIMIT {MATRIX_COLUMNS}")
    return matrix_of(desk, [str(id) for id, _ in found], desk.count(known, ()))


def group_rows(name: str, rows: list[Row]) -> Iterable[Group]:
    """Rows in their order, each heading of the static site once."""
    by = {"agenda": "issue", "conflicts": "relation", "silences": "kind", "problems": "stage"}.get(name)
    groups: dict[str, Group] = {}
    for row in rows:
        key = str(row[by]) if by else name
        title = "" if by is None else str(RELATIONS.get(row[by], key)) if by == "relation" else key
        groups.setdefault(key, Group(key, title[:1].upper() + title[1:], [])).rows.append(row)
    return [
        group._replace(key=f"{name}-{number}", total=len(group.rows)) for number, group in enumerate(groups.values())
    ]


def _list(desk: Desk, ask: Ask, title: str, groups: list[Group], above: Above, rows: Mapping[str, list[Row]]) -> View:
    name, total = ask.name, above.total
    desk.warm(row for some in rows.values() for row in some)
    pages = Pages(ask, total, COUNTED)
    undecided = [str(row["id"]) for some in rows.values() for row in some if row.get("review") == Review.PROPOSED]
    cleared = name if ask.values else ""
    filters = Filters(name, above.fields, above.facets, min(total, COUNTED), COUNTED, cleared, undecided)
    context = {
        "name": name,
        "paths": pages,
        "number": ask.page - 1,
        "index": [],
        "unlisted": 0,
        "groups": groups,
        "filters": filters,
        "more_than_counted": total > COUNTED,
    }
    following = pages[ask.page] if ask.page < len(pages) else None
    return View(Page(name, f"{name}.html", title, name, context), rows, total, following)


def about_view(desk: Desk, ask: Ask) -> View:
    """What the record is and how it was made."""
    return View(Page("about", "about.html", "About this record", "about", {"version": version("communique")}), {})


LISTS = {
    "chronology": (chronology_view, chronology.FIELDS),
    "statements": (statements_view, statements.FIELDS),
    "about": (about_view, ()),
    **{name: (ledger_view, ledgers.known(name)) for name in ledgers.LEDGERS},
}
