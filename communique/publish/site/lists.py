"""The pages that are lists: chronology, statements, ledgers, names, documents, problems.

Each list is cut into groups (a month, a speaker, an issue), the groups are packed into pages of a bounded number of
rows, and the place where each row came to stand is noted in ``Shelf.homes``, so that every other page can link to it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from communique.model import EntityKind, Precision, Relation, SilenceKind
from communique.publish.site.holdings import LAST_DAY, Holdings, by_date, date_order, slug
from communique.publish.site.shelf import Shelf, document_page, group
from communique.publish.site.words import MONTHS, Row

PAGE_ROWS = 200
INDEX_ROWS = 150
MATRIX_COLUMNS, MATRIX_ROWS = 6, 60
KINDS = {
    EntityKind.PERSON: "People",
    EntityKind.ORGANIZATION: "Institutions",
    EntityKind.GOVERNMENT: "Governments",
    EntityKind.PLACE: "Places",
    EntityKind.INSTRUMENT: "Treaties, lists and laws",
    EntityKind.GROUP: "Groups without a name of their own",
}
RELATIONS = {
    Relation.CONTRADICTS: "Accounts that contradict each other",
    Relation.DIFFERENT_SCOPE: "Accounts that differ because they speak of different things",
    Relation.BROADER: "Accounts of which one is broader than the other",
    Relation.CORROBORATES: "Accounts that support each other",
    Relation.SAME_CHAIN: "Accounts that go back to one report, and count once",
}


class Page(NamedTuple):
    """One file of the site. ``section`` is the entry of the navigation that it stands under."""

    path: str
    template: str
    title: str
    section: str
    context: Mapping[str, Any]


class Group(NamedTuple):
    """Rows under one heading; ``part`` counts from 1 when a group is split over pages, and is 0 when it is not."""

    key: str
    title: str
    rows: list[Any]
    part: int = 0
    total: int = 0


class Entry(NamedTuple):
    """A line of the chronology: an engagement, a measure or the day when something is due."""

    row: Row
    what: str
    date: Row | None
    parts: list[Any]


def packed(groups: Iterable[Group], size: int = PAGE_ROWS) -> list[list[Group]]:
    """Packs groups, in order, into pages of at most ``size`` rows; a longer group is split. At least one page."""
    pages: list[list[Group]] = [[]]
    room = size
    for whole in groups:
        rest, part = whole.rows, 0
        if len(rest) > room and len(rest) <= size:
            pages, room = [*pages, []], size
        while rest:
            if room <= 0:
                pages, room = [*pages, []], size
            take, rest = rest[:room], rest[room:]
            part += 1
            split = part if rest or part > 1 else 0
            pages[-1].append(whole._replace(rows=take, part=split, total=len(whole.rows)))
            room -= len(take)
    return pages if pages[0] or len(pages) == 1 else pages[1:]


def page_path(name: str, index: int) -> str:
    """``statements.html``, ``statements-2.html``, …"""
    return f"{name}.html" if index == 0 else f"{name}-{index + 1}.html"


def list_pages(shelf: Shelf) -> list[Page]:
    """All pages that are lists, and the homes of the rows that stand on them."""
    return [
        *_pages(shelf, "chronology", "Chronology", chronology(shelf)),
        *_pages(shelf, "names", "Names", _names(shelf)),
        *_pages(shelf, "statements", "Statements", _speakers(shelf)),
        *_agenda_pages(shelf),
        *_pages(shelf, "silences", "Silences", _kinds_of_silence(shelf)),
        *_pages(shelf, "commitments", "Commitments", _statuses(shelf)),
        *_pages(shelf, "forecasts", "Forecasts", _forecasters(shelf)),
        *_pages(shelf, "measures", "Measures", [Group("measures", "", _dated(shelf.rows["measures"]))]),
        *_pages(shelf, "conflicts", "Conflicts", _relations(shelf)),
        *_pages(shelf, "documents", "Documents", [Group("documents", "", shelf.rows["documents"])]),
        *_pages(shelf, "problems", "Problems", _stages(shelf)),
    ]


def own_pages(shelf: Shelf) -> None:
    """Notes the homes of the rows that have a page of their own."""
    for row in shelf.rows["documents"]:
        shelf.homes[row["id"]] = document_page(row["id"])
    for row in shelf.rows["engagements"]:
        shelf.homes[row["id"]] = f"e/{slug(row['id'])}.html"
    for row in shelf.rows["entities"]:
        shelf.homes[row["id"]] = f"n/{slug(row['id'])}.html"


def _pages(shelf: Shelf, name: str, title: str, groups: Iterable[Group]) -> list[Page]:
    pages = packed(group for group in groups if group.rows)
    index = []
    for number, page in enumerate(pages):
        path = page_path(name, number)
        for part in page:
            if part.part <= 1:
                shelf.homes[part.key] = f"{path}#{slug(part.key)}"
                index.append(part)
            for row in part.rows:
                if isinstance(row, Mapping):
                    shelf.homes.setdefault(row["id"], f"{path}#{slug(row['id'])}")
    paths = [page_path(name, number) for number in range(len(pages))]
    shared = {"name": name, "paths": paths, "index": index[:INDEX_ROWS], "unlisted": len(index) - INDEX_ROWS}
    return [
        Page(paths[number], f"{name}.html", title, name, {**shared, "number": number, "groups": page})
        for number, page in enumerate(pages)
    ]


# --- chronology -----------------------------------------------------------------------------------


def chronology(shelf: Shelf) -> list[Group]:
    """Engagements, measures and due days by month; a part stands below its whole when both fall in one month."""
    entries = [Entry(row, "engagement", row["date"], []) for row in shelf.rows["engagements"]]
    entries += [Entry(row, "measure", row["date"], []) for row in shelf.rows["measures"]]
    entries += [Entry(row, "due", row["due"], []) for row in shelf.rows["commitments"] if row["due"]]
    entries.sort(key=lambda entry: (*date_order(entry.date), entry.row["id"]))
    return by_month(entries)


def by_month(entries: Iterable[Entry], *, latest_first: bool = False) -> list[Group]:
    """Entries in their order, by the month or year of the earliest day."""
    months: dict[tuple[str, str, str], list[Entry]] = {}
    for entry in entries:
        months.setdefault(_month(entry.date), []).append(entry)
    return [
        Group(f"t-{key}", title, _nested(months[order, key, title]), total=len(months[order, key, title]))
        for order, key, title in sorted(months, reverse=latest_first)
    ]


def _month(when: Row | None) -> tuple[str, str, str]:
    """A key to sort by, a fragment and a heading: the month, or the year where the month is not known."""
    start, end = date_order(when)
    if start == LAST_DAY:
        return LAST_DAY, "undated", "Without a date"
    if start[:7] == end[:7] or (when is not None and when["precision"] in {Precision.RANGE, Precision.WEEK}):
        return start[:7], start[:7], f"{MONTHS[int(start[5:7]) - 1]} {int(start[:4])}"
    return start[:4], start[:4], f"{int(start[:4])}, month not known"


def _nested(entries: list[Entry]) -> list[Entry]:
    here = {entry.row["id"]: entry for entry in entries if entry.what == "engagement"}
    top = []
    for entry in entries:
        parent = here.get(entry.row.get("parent") or "")
        if parent is not None and not _is_above(entry, parent, here):
            parent.parts.append(entry)
        else:
            top.append(entry)
    return top


def _is_above(entry: Entry, other: Entry, here: Mapping[str, Entry]) -> bool:
    """Whether ``other`` is a part, at any depth, of ``entry``: then the record has a circle, which is not drawn."""
    seen: set[str] = set()
    at: Entry | None = other
    while at is not None and at.row["id"] not in seen:
        if at is entry:
            return True
        seen.add(at.row["id"])
        at = here.get(at.row.get("parent") or "")
    return False


# --- the groups of each list ----------------------------------------------------------------------


def _names(shelf: Shelf) -> list[Group]:
    by_kind = group(sorted(shelf.rows["entities"], key=_by_name), lambda row: [row["kind"]])
    return [Group(f"kind-{kind}", title, by_kind.get(kind, [])) for kind, title in KINDS.items()]


def _by_name(entity: Row) -> tuple[str, str]:
    return entity["name"].casefold(), entity["id"]


def _speakers(shelf: Shelf) -> list[Group]:
    """By speaker: those whom the record knows by name, then those known by a document's words only, then nobody."""
    groups = []
    for key, rows in shelf.belonging["statements of speaker"].items():
        entity, source = shelf.get("entities", key), rows[0]["source"]
        name = entity["name"] if entity else source["name"] if source else "Speaker unknown"
        order = 0 if entity else 1 if source else 2
        told = Group(f"by-{key}", name, sorted(rows, key=lambda row: _said(shelf, row)))
        groups.append((order, name.casefold(), key, told))
    return [told for *_, told in sorted(groups)]


def _said(shelf: Shelf, statement: Row) -> tuple[int, int, str]:
    first = statement["content"][0]["start"] if statement["content"] else 0
    return shelf.numbers.get(statement["document"], 0), first, statement["id"]


def _issues(shelf: Shelf) -> list[Group]:
    by_issue = group(shelf.rows["agenda"], lambda row: [row["issue"]])
    return [
        Group(f"issue-{slug(issue.replace(' ', '-'))}", issue, by_issue[issue])
        for issue in sorted(by_issue, key=lambda issue: (issue.casefold(), issue))
    ]


def _agenda_pages(shelf: Shelf) -> list[Page]:
    matrix = issue_matrix(shelf)
    pages = _pages(shelf, "agenda", "Agenda", _issues(shelf))
    return [page._replace(context={**page.context, "matrix": matrix}) for page in pages]


def issue_matrix(shelf: Shelf) -> Mapping[str, Any]:
    """Issues × engagements: in each cell the items by phase. The engagements with most items, by date; their issues."""
    by_engagement = shelf.belonging["agenda of engagement"]
    known = [id for id in by_engagement if shelf.get("engagements", id)]
    columns = sorted(known, key=lambda id: (-len(by_engagement[id]), id))[:MATRIX_COLUMNS]
    return matrix_of(shelf, columns, len(known))


def matrix_of(shelf: Holdings, columns: Iterable[str], known: int) -> Mapping[str, Any]:
    """The matrix of some engagements, of as many as are known to have an agenda."""
    rows = sorted(filter(None, (shelf.get("engagements", id) for id in columns)), key=by_date)
    ids = [row["id"] for row in rows]
    by_issue = group((item for id in ids for item in shelf.of("agenda of engagement", id)), lambda row: [row["issue"]])
    issues = sorted(by_issue, key=lambda issue: (-len(by_issue[issue]), issue.casefold(), issue))[:MATRIX_ROWS]
    lines = []
    for issue in sorted(issues, key=lambda issue: (issue.casefold(), issue)):
        here = group(by_issue[issue], lambda row: [row["engagement"]])
        lines.append((issue, [group(here.get(id, []), lambda row: [row["phase"]]) for id in ids]))
    return {"columns": ids, "lines": lines, "left": (known - len(ids), len(by_issue) - len(issues))}


def _kinds_of_silence(shelf: Shelf) -> list[Group]:
    by_kind = group(shelf.rows["silences"], lambda row: [row["kind"]])
    return [
        Group(f"silence-{slug(kind.value.replace(' ', '-').replace(',', ''))}", kind.value.capitalize(), by_kind[kind])
        for kind in SilenceKind
        if kind in by_kind
    ]


def _statuses(shelf: Shelf) -> list[Group]:
    rows = sorted(shelf.rows["commitments"], key=lambda row: (*date_order(row["due"]), row["id"]))
    by_status = group(rows, lambda row: [row["status"]])
    return [Group(f"status-{slug(s.replace(' ', '-'))}", s.capitalize(), by_status[s]) for s in sorted(by_status)]


def _forecasters(shelf: Shelf) -> list[Group]:
    def name(row: Row) -> list[str]:
        return [row["forecaster"]["name"] if row["forecaster"] else "Forecaster unknown"]

    by_name = group(shelf.rows["forecasts"], name)
    return [Group(f"from-{slug(n.replace(' ', '-'))}", n, by_name[n]) for n in sorted(by_name, key=str.casefold)]


def _dated(rows: Iterable[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: (*date_order(row["date"]), row["id"]))


def _relations(shelf: Shelf) -> list[Group]:
    def order(row: Row) -> tuple[str, str, str, str]:
        engagement = shelf.get("engagements", row["about"])
        return (*date_order(engagement["date"] if engagement else None), row["about"], row["id"])

    by_relation = group(sorted(shelf.rows["comparisons"], key=order), lambda row: [row["relation"]])
    return [Group(f"relation-{slug(r.replace(' ', '-'))}", t, by_relation.get(r, [])) for r, t in RELATIONS.items()]


def _stages(shelf: Shelf) -> list[Group]:
    rows = sorted(shelf.rows["problems"], key=lambda row: (row["subject"], row["reason"], row["id"]))
    by_stage = group(rows, lambda row: [row["stage"]])
    return [Group(f"stage-{slug(stage)}", stage.capitalize(), by_stage[stage]) for stage in sorted(by_stage)]
