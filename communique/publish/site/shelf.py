"""The rows of a record, put on a shelf so that every page finds its own at once.

One pass over the rows makes the look-ups (what belongs to which engagement, person, document), the number of each
document, and the passages that each document page must be able to be entered at. What page a row is shown on is decided
later (`lists`, `pages`) and kept in ``homes``. Rows stay as they come; order is made here, by content, never by
arrival.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from communique.errors import EvidenceError
from communique.model import Document, Relation, Review, content_id
from communique.publish.site.holdings import (
    LAST_DAY,
    Cut,
    Passage,
    by_date,
    cut,
    label,
    page_of,
    paragraph_of,
    paragraph_starts,
    slug,
)
from communique.publish.site.words import Row

NOUNS = (
    "documents",
    "entities",
    "mentions",
    "statements",
    "engagements",
    "issues",
    "agenda",
    "silences",
    "commitments",
    "forecasts",
    "measures",
    "comparisons",
    "problems",
)
LEDGERS = ("agenda", "silences", "commitments", "forecasts", "measures")
# Rows to which others belong, and the field that calls them by name.
NAMED = {"documents": "title", "entities": "name", "engagements": "title"}
NOBODY = "speaker-unknown"


class SiteRecord(Protocol):
    """What the site needs of a record: rows in the exported shape, and the text of a document."""

    def rows(self, noun: str, /) -> Iterable[Row]: ...

    def document(self, name: str, /) -> Document: ...


@dataclass(frozen=True, slots=True)
class Shelf:
    """Rows by noun, by id and by what they belong to. Filled by `shelve`, afterwards only ``homes`` grows."""

    rows: Mapping[str, list[Row]]
    by_id: Mapping[str, Mapping[str, Row]]
    numbers: dict[str, int]  # of documents, as in "[3 ¶7]"
    texts: dict[str, str]
    paragraphs: Mapping[str, list[int]]
    belonging: Mapping[str, Mapping[str, list[Row]]]  # what → id of an engagement, person or document → rows
    entries: Mapping[str, set[tuple[int, int]]]  # document → spans that some row rests on
    homes: dict[str, str] = field(default_factory=dict)  # row id → page#anchor, from the root of the site

    def get(self, noun: str, id: str | None) -> Row | None:
        """The row of a noun with an id, None when the record has none."""
        return self.by_id[noun].get(id) if id else None

    def of(self, what: str, id: str) -> list[Row]:
        """The rows of a kind (as ``statements of engagement``) that belong to an id; none makes an empty list."""
        return self.belonging[what].get(id, [])

    def some(self, what: str, id: str, at: int) -> Cut:
        """The first of these rows, and how many they are."""
        return cut(self.of(what, id), at)

    def mentions(self, entity: Row) -> list[Row]:
        """Passages that mention an entity."""
        return list(entity["mentions"])

    def times_named(self, entity: Row) -> int:
        """How many passages mention an entity."""
        return len(entity["mentions"])

    def entry_points(self, document: str) -> Iterable[tuple[int, int]]:
        """The spans of a document that some row rests on."""
        return sorted(self.entries[document])

    def passage(self, evidence: Row) -> Passage | None:
        """Where the words of an evidence are shown; None when its document is not in the record."""
        document = self.get("documents", evidence["document"])
        if document is None:
            return None
        start, end = evidence["start"], evidence["end"]
        href = f"{document_page(document['id'])}#c{start}-{end}"
        paragraph = paragraph_of(self.paragraphs[document["id"]], start)
        return Passage(href, self.numbers[document["id"]], paragraph, label(document), page_of(document, start))


def shelve(record: SiteRecord) -> Shelf:
    """Reads the whole record once.

    Raises:
        EvidenceError: A row rests on a passage that its document does not have, or words that are not there.
    """
    rows = {"documents": sorted(_leave_out("documents", record.rows("documents")), key=document_key)}
    numbers = {document["id"]: number for number, document in enumerate(rows["documents"], start=1)}
    for noun in NOUNS[1:]:
        rows[noun] = sorted(_leave_out(noun, record.rows(noun)), key=lambda row: row_key(row, numbers))
    rows["engagements"].sort(key=by_date)
    by_id = {noun: {row["id"]: row for row in rows[noun]} for noun in NOUNS if noun != "mentions"}
    texts = {id: record.document(id).text for id in by_id["documents"]}
    entries: dict[str, set[tuple[int, int]]] = {id: set() for id in texts}
    for noun in NOUNS:
        for row in rows[noun]:
            for evidence in evidence_in(row):
                if evidence["document"] in texts:
                    _check(evidence, texts[evidence["document"]])
                    entries[evidence["document"]].add((evidence["start"], evidence["end"]))
    return Shelf(
        rows=rows,
        by_id=by_id,
        numbers=numbers,
        texts=texts,
        paragraphs={id: paragraph_starts(text) for id, text in texts.items()},
        belonging=_belonging(rows, by_id),
        entries=entries,
    )


def _leave_out(noun: str, rows: Iterable[Row]) -> list[Row]:
    """Rows without those that people rejected; one that other rows name stays, and says so."""
    shown = []
    for row in rows:
        if row.get("review") != Review.REJECTED:
            shown.append(row)
        elif name := NAMED.get(noun):
            shown.append({**row, name: f"{row[name]} (rejected)"})
    return shown


def _belonging(
    rows: Mapping[str, list[Row]], by_id: Mapping[str, Mapping[str, Row]]
) -> dict[str, dict[str, list[Row]]]:
    people = by_id["entities"]
    found = {
        f"{noun} of document": group(rows[noun], lambda row: [row["document"]]) for noun in ("statements", "mentions")
    }
    found |= {f"{noun} of document": group(rows[noun], _resting_on) for noun in LEDGERS}
    found |= {
        f"{noun} of engagement": group(rows[noun], lambda row: [row["engagement"]])
        for noun in ("statements", "agenda", "silences", "forecasts")
    }
    return found | {
        "engagements of document": group(rows["engagements"], lambda row: [e["document"] for e in row["evidence"]]),
        "engagements of entity": group(rows["engagements"], _present),
        "parts of engagement": group(rows["engagements"], lambda row: [row["parent"]]),
        "comparisons of subject": group(rows["comparisons"], lambda row: [row["about"]]),
        "comparisons of document": group(rows["comparisons"], lambda row: [v["document"] for v in row["values"]]),
        "problems of document": group(rows["problems"], lambda row: [row["subject"]]),
        "statements of speaker": group(rows["statements"], lambda row: [speaker(row, people)]),
        "statements about entity": _about(rows["statements"], rows["mentions"]),
        "commitments of entity": group(rows["commitments"], lambda row: _actors(row["debtors"] + row["creditors"])),
        "forecasts of entity": group(rows["forecasts"], lambda row: _actors([row["forecaster"]])),
        "measures of entity": group(
            sorted(rows["measures"], key=by_date), lambda row: _actors([row["actor"], *row["targets"]])
        ),
    }


def group(rows: Iterable[Row], keys: Callable[[Row], Iterable[str | None]]) -> dict[str, list[Row]]:
    """Rows by each of their keys, once a key, in the order given; rows whose key is None are left out."""
    found: dict[str, list[Row]] = {}
    for row in rows:
        for key in dict.fromkeys(keys(row)):
            if key is not None:
                found.setdefault(key, []).append(row)
    return found


def evidence_in(value: Any) -> Iterator[Row]:
    """Every evidence in a row, however deep: objects with document, start, end and quote."""
    if isinstance(value, Mapping):
        if value.get("quote") is not None and value.get("document") and value.get("start") is not None:
            yield value
        for inner in value.values():
            if isinstance(inner, (Mapping, list, tuple)):
                yield from evidence_in(inner)
    elif isinstance(value, (list, tuple)):
        for inner in value:
            yield from evidence_in(inner)


def row_key(row: Row, numbers: Mapping[str, int]) -> tuple[int, int, int, str]:
    """Sorts rows as one meets them when reading the documents by their numbers, and rows without a place by id."""
    places = [(e["start"], e["end"]) for e in evidence_in(row)] if "document" in row else []
    start, end = min(places, default=(0, 0))
    return numbers.get(row.get("document", ""), 0), start, end, str(row.get("id", row.get("entity", "")))


def document_key(document: Row) -> tuple[str, str, str, str]:
    """Sorts documents by date, the undated last, then by publisher and file."""
    published = document["published"] or {}
    return published.get("start") or LAST_DAY, document["publisher"] or "~", document["file"], document["id"]


def speaker(statement: Row, entities: Mapping[str, Row]) -> str:
    """By what the statements of one speaker are known: the entity, else the words used, else nobody."""
    source = statement["source"]
    if source is None:
        return NOBODY
    if source["entity"] in entities:
        return str(source["entity"])
    return content_id("speaker", source["kind"], source["name"])


def document_page(id: str) -> str:
    """Address of a document's page, from the root of the site."""
    return f"d/{slug(id)}.html"


def _check(evidence: Row, text: str) -> None:
    start, end = evidence["start"], evidence["end"]
    if not 0 <= start < end <= len(text) or text[start:end] != evidence["quote"]:
        raise EvidenceError(
            f"document {evidence['document']} does not have the words of a row at {start}:{end}",
            "prove the record with `communique verify`, and build it again",
        )


def _resting_on(row: Row) -> list[str]:
    return [row["document"], *(evidence["document"] for evidence in evidence_in(row))]


def _present(engagement: Row) -> list[str]:
    place = engagement["place"] or {}
    return [person["entity"] for person in engagement["participants"]] + [place.get("entity")]


def _actors(sources: Iterable[Row | None]) -> list[str | None]:
    return [source["entity"] for source in sources if source is not None]


def _about(statements: list[Row], mentions: list[Row]) -> dict[str, list[Row]]:
    """Statements by the entities that their words mention, found by place: both lists walk each document once."""
    by_document = group(mentions, lambda row: [row["document"]])
    starts = {id: [row["start"] for row in found] for id, found in by_document.items()}
    about: dict[str, list[Row]] = {}
    for statement in statements:
        found: dict[str, None] = {}
        for words in statement["content"]:
            here = by_document.get(words["document"], [])
            first = bisect_right(starts.get(words["document"], []), words["start"] - 1)
            for mention in here[first:]:
                if mention["start"] >= words["end"]:
                    break
                found[mention["entity"]] = None
        for entity in found:
            about.setdefault(entity, []).append(statement)
    return about


def note_texts(comparisons: Iterable[Row]) -> dict[str, str]:
    """What lists say of documents that are versions of one article, or copies of one text."""
    about = ("text", "versions")
    chains = [row for row in comparisons if row["relation"] == Relation.SAME_CHAIN and row["property"] in about]
    copies = {value["document"]: "copy of one text" for row in chains for value in row["values"]}
    versions = [value for row in chains if row["property"] == "versions" for value in row["values"]]
    return copies | {value["document"]: value["value"] for value in versions}
