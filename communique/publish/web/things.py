"""The pages of one thing each: an engagement, an entity, a document, a row of a ledger, a passage; and the sources."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any, NamedTuple

from communique.publish.site.holdings import label, page_of
from communique.publish.site.lists import Page
from communique.publish.site.pages import MANY, SOME, document_page, engagement_page, entity_page
from communique.publish.site.words import Row, date_words
from communique.publish.web.ask import Ask
from communique.publish.web.data import words_of
from communique.publish.web.desk import Desk
from communique.publish.web.history import history_view
from communique.publish.web.statements import PARTS
from communique.publish.web.views import View

AROUND = 200  # characters before and after a passage
MOST_SPANS = 60
ROW_NOUNS = ("statements", "agenda", "commitments", "forecasts", "measures", "comparisons", "problems", "silences")
ONE = {
    "statements": "statement",
    "agenda": "agenda item",
    "commitments": "commitment",
    "forecasts": "forecast",
    "measures": "measure",
    "comparisons": "comparison",
    "problems": "problem",
    "engagements": "engagement",
    "silences": "silence",
}
SECTION = {"comparisons": "conflicts"}


class Shown(NamedTuple):
    """A passage as it is shown: the words and what stands around them, and the rows that rest on them."""

    evidence: Row
    before: str
    words: str
    after: str
    document: Row
    part: str
    rows: list[tuple[str, Row]]


def engagement_view(desk: Desk, id: str) -> View | None:
    """An engagement with all accounts of it."""
    row = desk.get("engagements", id)
    if row is None:
        return None
    page = engagement_page(desk, row, desk.tables(id))
    promised = desk.some("commitments of engagement", id, SOME)
    page = page._replace(
        context={**page.context, "promised": promised, "told": desk.some("statements on engagement", id, SOME)}
    )
    agenda, comparisons = desk.of("agenda of engagement", id), desk.of("comparisons of subject", id)
    tables = {"engagements": [row], "statements": page.context["statements"].rows, "agenda": agenda}
    return View(
        page,
        {
            **tables,
            "forecasts": page.context["forecasts"].rows,
            "commitments": promised.rows,
            "comparisons": comparisons,
        },
    )


def entity_view(desk: Desk, id: str) -> View | None:
    """A person, institution, government, place or instrument."""
    row = desk.get("entities", id)
    if row is None:
        return None
    page = entity_page(desk, row, SOME)
    through = desk.some("statements through entity", id, 8)
    context = {**page.context, "through": through}
    tables = {"entities": [row], "engagements": context["engagements"].rows, "statements": context["said"].rows}
    more = {noun: context[noun].rows for noun in ("commitments", "forecasts", "measures")}
    desk.warm(row for rows in (*tables.values(), *more.values()) for row in rows)
    return View(page._replace(context=context), {**tables, **more})


def document_view(desk: Desk, id: str) -> View | None:
    """A document, its text as stored, and what stands on it."""
    row = desk.get("documents", id)
    if row is None:
        return None
    nouns = ("engagements", "statements", "agenda", "commitments", "forecasts", "measures")
    tables = {"documents": [row], **{noun: desk.of(f"{noun} of document", id) for noun in nouns}}
    return View(document_page(desk, row), tables)


def row_view(desk: Desk, id: str) -> View | None:
    """A row that has no page of its own in the static site: a statement, a ledger's line, a comparison, a problem."""
    for noun in ROW_NOUNS:
        row = desk.get(noun, id)
        if row is not None:
            break
    else:
        return None
    spans = desk.record.query(
        'SELECT DISTINCT document, start, "end" FROM evidence WHERE noun = ? AND "row" = ? ORDER BY 1, 2, 3 LIMIT ?',
        (noun, id, MOST_SPANS),
    )
    shown = [show(desk, str(document), int(str(start)), int(str(end))) for document, start, end in spans]
    context = {"noun": noun, "one": ONE[noun], "row": row, "shown": [passage for passage in shown if passage]}
    section = SECTION.get(noun, noun)
    title = words_of(row) or ONE[noun]
    return View(Page(f"r/{id}", "row.html", title, section, context), {noun: [row]})


def passage_view(desk: Desk, document: str, start: int, end: int) -> View | None:
    """A passage: its words, what stands around them, whose they are, and what rests on them."""
    shown = show(desk, document, start, end)
    if shown is None:
        return None
    page = Page(f"p/{document}/{start}-{end}", "passage.html", "Passage", "documents", {"shown": shown})
    told = _tell(desk, shown)
    page = page._replace(context={**page.context, "footnote": told["footnote"]})
    tables: dict[str, list[Row]] = {"documents": [shown.document]}
    for noun, row in shown.rows:
        tables.setdefault(noun, []).append(row)
    return View(page, tables, more={"passage": told})


def _tell(desk: Desk, shown: Shown) -> dict[str, Any]:
    """A passage in words, for the panel and for a footnote."""
    document, start, end = shown.document, shown.evidence["start"], shown.evidence["end"]
    day = date_words(document["published"]) if document["published"] else "undated"
    lines = [f"{document['publisher'] or 'publisher unknown'}, {day}"]
    leaf = page_of(document, start)
    if leaf:
        lines.append(f"printed page {leaf}")
    if document.get("losses"):
        lines.append("this document was read in part only")
    if shown.part != "body":
        lines.append(PARTS.get(shown.part, shown.part))
    for noun, row in shown.rows:
        if noun == "statements":
            through = [
                row["source"]["name"] if row["source"] else "speaker unknown",
                *(via["name"] for via in row["via"]),
            ]
            in_comment = f"a comment under {label(document)}" if row["part"] == "comment" else None
            lines.append(" ← ".join([*through, in_comment or document["publisher"] or "publisher unknown"]))
    words = " ".join(shown.words.split())
    by = ", ".join(filter(None, [document["author"], document["publisher"] or "publisher unknown"]))
    title = f"“{document['title']}”, " if document["title"] else ""
    url = f" {document['url']}" if document.get("url") else ""
    place = f"{document['file']}{f', p. {leaf}' if leaf else ''}, characters {start}–{end}"
    footnote = f"“{words}” {by}, {title}{day}{url} ({place})."
    return {
        "title": f"[{desk.numbers.get(document['id'], 0)}] {label(document)}, {day}",
        "before": shown.before,
        "words": shown.words,
        "after": shown.after,
        "lines": lines,
        "open": f"/{desk.homes[document['id']]}#c{start}-{end}",
        "footnote": footnote,
    }


def show(desk: Desk, document: str, start: int, end: int) -> Shown | None:
    """A passage with its surroundings; None when the document has no such place."""
    row = desk.get("documents", document)
    text = desk.texts.get(document)
    if row is None or text is None or not 0 <= start < end <= len(text):
        return None
    found = desk.record.query(
        'SELECT DISTINCT noun, "row" FROM evidence WHERE document = ? AND start = ? AND "end" = ?'
        " AND noun NOT IN ('documents', 'mentions', 'times', 'event_mentions') ORDER BY noun, \"row\" LIMIT 20",
        (document, start, end),
    )
    rows = [(str(noun), resting) for noun, id in found if (resting := desk.get(str(noun), str(id)))]
    part = next((p["part"] for p in row["parts"] if p["start"] <= start < p["end"]), "body")
    evidence = {"document": document, "start": start, "end": end, "quote": text[start:end]}
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND]
    before = ("…" if start > AROUND else "") + before
    after = after + ("…" if end + AROUND < len(text) else "")
    return Shown(evidence, before, text[start:end], after, row, part, rows)


# --- overviews of several nouns -------------------------------------------------------------------


# Statements that somebody passes on who is no name of the record, among the first 500 that are passed on at all.
_UNNAMED = (
    "SELECT s.via FROM (SELECT statement, relayed FROM statement_order WHERE relayed > 0 LIMIT 500) o"
    " JOIN statements s ON s.id = o.statement WHERE o.relayed > (SELECT count(*) FROM named n"
    " WHERE n.noun = 'statements' AND n.\"row\" = o.statement AND n.role = 'via') LIMIT 300"
)


def _names_without_entity(via: str) -> list[str]:
    return [str(one["name"]) for one in json.loads(via) if one["entity"] is None]


def sources_view(desk: Desk, ask: Ask) -> View:
    """Publishers with their documents, and those through whom statements reach us."""
    publishers = desk.record.query(
        "SELECT p.publisher, p.documents, p.first, p.last, d.standpoint, o.document, (SELECT l.document FROM"
        " document_order l WHERE l.number = p.latest) FROM (SELECT publisher, count(*) AS documents,"
        " min(day) AS first, max(day) AS last, min(number) AS number, max(number) AS latest"
        " FROM document_order GROUP BY publisher) p"
        " JOIN document_order o ON o.number = p.number JOIN documents d ON d.id = o.document"
        f" ORDER BY p.documents DESC, p.publisher LIMIT {MANY}"
    )
    names = ("publisher", "documents", "first", "last", "standpoint", "first_document", "last_document")
    relays = desk.record.query(
        "SELECT entity, count(*) FROM named WHERE noun = 'statements' AND role = 'via' GROUP BY entity"
        f" ORDER BY 2 DESC, 1 LIMIT {SOME}"
    )
    unnamed = desk.record.query(_UNNAMED)
    rows: list[Row] = [dict(zip(names, found, strict=True)) for found in publishers]
    through: list[Row] = [{"entity": str(entity), "statements": number} for entity, number in relays]
    others = Counter(name for (via,) in unnamed for name in _names_without_entity(str(via)))
    context = {
        "publishers": rows,
        "relays": [row for row in through if desk.get("entities", str(row["entity"]))],
        "is_sample": desk.count("SELECT 1 FROM statement_order WHERE relayed > 0 LIMIT 501", ()) > 500,
        "others": sorted(others.items(), key=lambda pair: (-pair[1], pair[0]))[:SOME],
    }
    return View(Page("sources", "sources.html", "Sources", "sources", context), {"publishers": rows, "relays": through})


OVERVIEWS = {"sources": (sources_view, ()), "history": (history_view, ("subject",))}
