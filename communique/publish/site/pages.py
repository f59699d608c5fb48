"""The pages of one thing each: an engagement, an entity, a document; and the overview.

A page is a template and what it is to show, already picked, ordered and cut to a bounded length; wherever something
is cut, the whole number goes with it, so that the page can say so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from communique.link.issue_keys import Words, read_words
from communique.link.silences import OWN_PARTS
from communique.model import AHEAD, CommitmentStatus, Property, Relation
from communique.publish.matrix import Matrix, Tables, index_tables, make_matrix
from communique.publish.site.holdings import Cut, Holdings, by_date, cut
from communique.publish.site.lists import Page
from communique.publish.site.shelf import LEDGERS, Shelf, group
from communique.publish.site.text import Mark, merge_marks, sections, snippet
from communique.publish.site.words import Row

COLUMNS = 4  # accounts beside each other
FEW = 8
SOME = 30
MANY = 200
CONTESTED = (Relation.CONTRADICTS, Relation.DIFFERENT_SCOPE)  # what people should look at first


# --- engagement -----------------------------------------------------------------------------------


def engagement_page(shelf: Holdings, row: Row, tables: Tables) -> Page:
    """What the reports say of one engagement, side by side."""
    id = row["id"]
    comparisons = shelf.of("comparisons of subject", id)
    context = {
        "row": row,
        "statuses": group(row["evidence"], lambda evidence: [evidence["status"]]),
        "programme": programme(shelf, row),
        "accounts": list(accounts(shelf, row, comparisons)),
        "comparisons": cut(comparisons, MANY),
        "matrix": _in_order(shelf, make_matrix(id, tables)),
        "silences": shelf.some("silences of engagement", id, SOME),
        "statements": shelf.some("statements of engagement", id, SOME),
        "forecasts": shelf.some("forecasts of engagement", id, SOME),
        "words": [(document, cut(found, FEW)) for document, found in _by_document(shelf, row["evidence"])],
    }
    return Page(shelf.homes[id], "engagement.html", row["title"], "chronology", context)


def _in_order(shelf: Holdings, matrix: Matrix) -> Matrix:
    """The matrix with its reports in the order of their numbers, as the accounts stand."""
    reports = tuple(sorted(matrix.reports, key=lambda id: shelf.numbers.get(id, 0)))
    lines = tuple(replace(line, cells={id: line.cells[id] for id in reports}) for line in matrix.lines)
    return replace(matrix, reports=reports, lines=lines)


def programme(shelf: Holdings, row: Row) -> list[tuple[int, Row]]:
    """The whole that an engagement belongs to, as lines with their depth; only itself when it stands alone."""
    top, seen = row, {row["id"]}
    while (parent := shelf.get("engagements", top["parent"])) is not None and parent["id"] not in seen:
        top = parent
        seen.add(parent["id"])
    lines: list[tuple[int, Row]] = []
    waiting, drawn = [(0, top)], set()
    while waiting and len(lines) < MANY:
        depth, at = waiting.pop()
        if at["id"] not in drawn:
            drawn.add(at["id"])
            lines.append((depth, at))
            parts = sorted(shelf.of("parts of engagement", at["id"]), key=by_date, reverse=True)
            waiting += [(depth + 1, part) for part in parts]
    return lines


def accounts(shelf: Holdings, row: Row, comparisons: list[Row]) -> Iterator[Mapping[str, Any]]:
    """Tables property × document, of a few documents each: what every account asserts, with how the values compare."""
    columns = sorted(row["accounts"], key=lambda account: shelf.numbers.get(account["document"], 0))
    compared = group(comparisons, lambda comparison: [comparison["property"]])
    telling = [account for account in columns if account["assertions"]]
    for first in range(0, len(telling), COLUMNS):
        some = telling[first : first + COLUMNS]
        found = {account["document"]: group(account["assertions"], lambda a: [a["property"]]) for account in some}
        properties = {name for by_property in found.values() for name in by_property}
        order = [name for name in Property if name in properties] + sorted(properties - set(Property))
        lines = [
            (str(name), compared.get(name, []), [_once(found[document].get(name, [])) for document in found])
            for name in order
        ]
        yield {"documents": list(found), "lines": lines}


def _once(assertions: list[Row]) -> list[tuple[Row, list[Row]]]:
    """Each value in each voice once, with all its passages."""
    by_value = group(assertions, lambda a: [f"{a['value']}\x1f{a['voice']}"])
    return [(same[0], [assertion["evidence"] for assertion in same]) for same in by_value.values()]


def index_shelf(shelf: Shelf) -> Tables:
    """What matrices of issues and reports are made of."""

    def read(name: str) -> Words:
        document = shelf.by_id["documents"][name]
        own = (part for part in document["parts"] if part["part"] in OWN_PARTS)
        return read_words("\n".join(shelf.texts[name][part["start"] : part["end"]] for part in own))

    return index_tables(shelf.rows["engagements"], shelf.rows["agenda"], shelf.rows["issues"], read)


def _by_document(shelf: Holdings, evidence: Iterable[Row]) -> list[tuple[str, list[Row]]]:
    found = group(evidence, lambda e: [e["document"]])
    return sorted(found.items(), key=lambda pair: (shelf.numbers.get(pair[0], 0), pair[0]))


# --- entity ---------------------------------------------------------------------------------------


def entity_page(shelf: Holdings, row: Row, most: int = MANY) -> Page:
    """A person, institution, government, place or instrument: what the record has of it, ``most`` engagements."""
    id = row["id"]
    context = {
        "row": row,
        "engagements": shelf.some("engagements of entity", id, most),
        "said": shelf.some("statements of speaker", id, FEW),
        "about": shelf.some("statements about entity", id, FEW),
        "commitments": shelf.some("commitments of entity", id, SOME),
        "forecasts": shelf.some("forecasts of entity", id, SOME),
        "measures": shelf.some("measures of entity", id, SOME),
        "mentions": _mentions(shelf, row),
    }
    return Page(shelf.homes[id], "entity.html", row["name"], "names", context)


def _mentions(shelf: Holdings, row: Row) -> Cut:
    """By document: the first mentions in their words, then links to some more."""
    documents = cut(_by_document(shelf, shelf.mentions(row)), SOME)
    shown = [
        (id, [(evidence, snippet(shelf.texts[id], evidence)) for evidence in found[:3]], cut(found[3:], SOME))
        for id, found in documents.rows
    ]
    return documents._replace(rows=shown)


# --- document -------------------------------------------------------------------------------------


class Note(NamedTuple):
    """A row that stands on a passage: its kind in the text, its noun in words, and the row."""

    kind: str
    noun: str
    row: Row
    evidence: Row
    is_first: bool = False  # on its page: where the row is looked at and decided on


def document_page(shelf: Holdings, row: Row) -> Page:
    """The text of a document as stored, its marks, and beside them the rows that stand on them."""
    id = row["id"]
    by_span: dict[tuple[int, int], list[Note]] = {}
    for note in _notes(shelf, id):
        by_span.setdefault((note.evidence["start"], note.evidence["end"]), []).append(note)
    # Numbered by their ends, where the numbers are printed, so that they go up as one reads.
    spans = sorted(by_span, key=lambda span: (span[1], span[0]))
    numbered = {
        span: Mark(*span, tuple(dict.fromkeys(note.kind for note in by_span[span])), number)
        for number, span in enumerate(spans, start=1)
    }
    mentions = shelf.of("mentions of document", id)
    lightly = [Mark(m["start"], m["end"], ("mention",), None, shelf.homes.get(m["entity"])) for m in mentions]
    entered = [Mark(start, end) for start, end in shelf.entry_points(id)]
    marks = merge_marks(numbered, [*lightly, *entered])
    context = {
        "row": row,
        "language": row["language"] if re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]+)*", row["language"] or "") else None,
        "sections": sections(shelf.texts[id], row["parts"], marks),
        "notes": _first_once({number: by_span[span] for number, span in enumerate(spans, start=1)}),
        "counts": {noun: len(shelf.of(f"{noun} of document", id)) for noun in ("engagements", "statements", *LEDGERS)},
        "chains": [c for c in shelf.of("comparisons of document", id) if c["relation"] == Relation.SAME_CHAIN],
        "problems": shelf.of("problems of document", id) + shelf.of("problems of document", row["file"]),
    }
    return Page(shelf.homes[id], "document.html", row["title"] or row["file"], "documents", context)


def _first_once(notes: dict[int, list[Note]]) -> dict[int, list[Note]]:
    """Marks of each row the note that comes first."""
    seen: set[str] = set()
    for found in notes.values():
        for place, note in enumerate(found):
            found[place] = note._replace(is_first=note.row["id"] not in seen)
            seen.add(note.row["id"])
    return notes


def _notes(shelf: Holdings, id: str) -> Iterator[Note]:
    for row in shelf.of("engagements of document", id):
        yield from (Note("engagement", "engagement", row, e) for e in row["evidence"] if e["document"] == id)
    for row in shelf.of("statements of document", id):
        yield from (Note("statement", "statement", row, e) for e in row["content"] if e["document"] == id)
    for noun, one in zip(LEDGERS, ("agenda item", "silence", "commitment", "forecast", "measure"), strict=True):
        for row in shelf.of(f"{noun} of document", id):
            later = [*row.get("status_evidence", []), *row.get("resolution_evidence", [])]
            yield from (Note("ledger", one, row, e) for e in row["evidence"] if e["document"] == id)
            yield from (Note("ledger", f"follow-up of {one}", row, e) for e in later if e["document"] == id)


# --- overview -------------------------------------------------------------------------------------


def overview_page(shelf: Shelf) -> Page:
    """What is in the record."""
    engagements = sorted(shelf.rows["engagements"], key=by_date)
    dated = [row for row in engagements if row["date"] and row["date"]["start"]]
    statuses = {CommitmentStatus.OPEN, CommitmentStatus.NO_FOLLOW_UP}
    context = {
        "counts": {noun: len(rows) for noun, rows in shelf.rows.items()},
        "documents": cut(shelf.rows["documents"], SOME),
        "latest": cut([row for row in reversed(dated) if row["status"] not in AHEAD], FEW),
        "ahead": cut([row for row in engagements if row["status"] in AHEAD], FEW),
        "conflicts": cut([c for one in CONTESTED for c in shelf.rows["comparisons"] if c["relation"] == one], FEW),
        "due": cut([row for row in shelf.rows["commitments"] if row["status"] in statuses], FEW),
        "problems": cut(shelf.rows["problems"], FEW),
    }
    return Page("index.html", "index.html", "Overview", "index", context)


def page_of_each(shelf: Shelf) -> Iterator[Page]:
    """The pages of all engagements, entities and documents."""
    tables = index_shelf(shelf)
    for row in shelf.rows["engagements"]:
        yield engagement_page(shelf, row, tables)
    for row in shelf.rows["entities"]:
        yield entity_page(shelf, row)
    for row in shelf.rows["documents"]:
        yield document_page(shelf, row)
