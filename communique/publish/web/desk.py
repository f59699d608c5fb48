"""What pages ask of a record (`site.holdings.Holdings`), each thing looked up in SQLite when it is asked for.

A desk lives as long as one request, on one connection, in the state of one moment. Nothing is read whole: rows are
chosen in the narrow tables of `record.lookups` and then read by id. How many rows there are is told only up to
`COUNTED`; above, the total is one more than that, and the page says "more than".
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar
from urllib.parse import quote

from communique.link.issue_keys import Words, read_words
from communique.link.silences import OWN_PARTS
from communique.publish.matrix import Line, Tables, index_tables
from communique.publish.site.holdings import Cut, Passage, label, page_of, paragraph_of, paragraph_starts
from communique.publish.site.shelf import evidence_in, note_texts
from communique.publish.site.words import Row
from communique.publish.web.belonging import CHOICES, MOST, NAMING, WALK
from communique.record.reader import Record
from communique.record.rows import NOUNS

COUNTED = 3_000
MENTIONS = 200
WEIGHED = 1_000  # of the mentions of somebody, those among which the first are looked for
TO_SETTLE = ("engagements", "entities", "statements", "agenda", "commitments", "forecasts", "measures")
LONG = {"entities": ("mentions",)}  # columns that grow with the record

K = TypeVar("K")
V = TypeVar("V")

_WARM = (
    "SELECT o.document, o.number, d.text FROM json_each(?) f CROSS JOIN document_order o ON o.document = f.value"
    " JOIN documents d ON d.id = o.document"
)
_NUMBERS = "SELECT o.document, o.number FROM json_each(?) f CROSS JOIN document_order o ON o.document = f.value"
# Where a row is shown, by the beginning of its id.
_HOMES = {"doc": "d/", "eng": "e/", "ent": "n/", "by-": "statements?speaker="}
_ROWS = ("stm", "agd", "cmt", "com", "fct", "msr", "cmp", "prb", "sil")


class Asked(Generic[K, V]):
    """A look-up whose values are found when they are asked for, once."""

    def __init__(self, find: Callable[[K], V | None]) -> None:
        self._find = find
        self._found: dict[K, V | None] = {}

    def get(self, key: K, default: Any = None) -> Any:
        """The value, or the default where there is none."""
        if key not in self._found:
            self._found[key] = self._find(key)
        value = self._found[key]
        return default if value is None else value

    def put(self, found: Iterable[tuple[K, V]]) -> None:
        """Takes values that were found elsewhere."""
        self._found.update(found)

    def __getitem__(self, key: K) -> V:
        value = self.get(key)
        if value is None:
            raise KeyError(key)
        return value  # type: ignore[no-any-return]

    def __contains__(self, key: object) -> bool:
        return self.get(key) is not None  # type: ignore[arg-type]


def home(id: str) -> str | None:
    """Where a row is shown, from the root; None for what has no place of its own."""
    prefix = id[:3]
    if prefix == "by-":
        return _HOMES[prefix] + quote(id[3:], safe="")
    if prefix in _HOMES:
        return _HOMES[prefix] + quote(id, safe="")
    return f"r/{quote(id, safe='')}" if prefix in _ROWS else None


class Desk:
    """The holdings of an open record; see `Holdings` for what the methods give."""

    def __init__(self, record: Record) -> None:
        self.record = record
        self.homes: Asked[str, str] = Asked(home)
        self.numbers: Asked[str, int] = Asked(self._find_number)
        self.texts: Asked[str, str] = Asked(self._find_text)
        self._starts: Asked[str, list[int]] = Asked(self._find_starts)
        self._rows: dict[tuple[str, str], Row | None] = {}

    def get(self, noun: str, id: str | None) -> Row | None:
        """The row of a noun with an id, None when the record has none. Entities come without their mentions."""
        if not id or noun not in NOUNS:
            return None
        if (noun, id) not in self._rows:
            found = self.record.select(noun, f"WHERE {noun}.id = ?", (id,), LONG.get(noun, ()))
            self._rows[noun, id] = found[0] if found else None
        return self._rows[noun, id]

    def rows(self, noun: str, ids: Iterable[str]) -> list[Row]:
        """Rows by their ids, in that order; ids that the record does not have are left out."""
        wanted = list(ids)
        missing = [id for id in wanted if (noun, id) not in self._rows]
        for first in range(0, len(missing), 500):
            some = missing[first : first + 500]
            places = ", ".join("?" * len(some))
            found = self.record.select(noun, f"WHERE {noun}.id IN ({places})", tuple(some), LONG.get(noun, ()))
            self._rows |= {(noun, row["id"]): row for row in found}
        return [row for id in wanted if (row := self._rows.get((noun, id))) is not None]

    def warm(self, rows: Iterable[Row]) -> None:
        """Looks up in one go what passages of rows will ask for one by one: documents, numbers, paragraphs."""
        ids = sorted({evidence["document"] for row in rows for evidence in evidence_in(row)})[:MOST]
        self.rows("documents", ids)
        found = self.record.query(_WARM, (json.dumps(ids),))
        self.numbers.put((str(id), int(str(number))) for id, number, _ in found)
        self.texts.put((str(id), str(text)) for id, _, text in found)

    def of(self, what: str, id: str) -> list[Row]:
        """The rows of a kind that belong to an id, at most `MOST`."""
        return self.some(what, id, MOST).rows

    def some(self, what: str, id: str, at: int) -> Cut:
        """The first of these rows, and how many they are (counted up to `COUNTED`)."""
        noun, chosen = CHOICES[what]
        if what == "engagements of entity" and self.count(chosen_names := NAMING.format(noun), (id,)) > MOST:
            # Of somebody who is nearly everywhere, the first are found sooner by walking the days.
            found = self.record.query(f"{WALK} LIMIT {at}", (id, id))
            return self.cut(self.rows(noun, [str(row) for (row,) in found]), self.count(chosen_names, (id,)))
        ids = [str(found) for (found,) in self.record.query(f"SELECT * FROM ({chosen}) LIMIT {at + 1}", (id,))]
        total = len(ids) if len(ids) <= at else self.count(chosen, (id,))
        return self.cut(self.rows(noun, ids[:at]), total)

    @staticmethod
    def cut(rows: list[Any], total: int) -> Cut:
        """The first rows of what was counted with `count`."""
        return Cut(rows, min(total, COUNTED), total > COUNTED)

    def count(self, chosen: str, values: tuple[object, ...]) -> int:
        """How many rows a SELECT gives, up to one more than `COUNTED`."""
        return int(
            str(self.record.query(f"SELECT count(*) FROM (SELECT 1 FROM ({chosen}) LIMIT {COUNTED + 1})", values)[0][0])
        )

    def mentions(self, entity: Row) -> list[Row]:
        """Passages that mention an entity, the first `MENTIONS`, in the order of the documents."""
        some = f"SELECT id FROM mentions WHERE entity = ? LIMIT {WEIGHED}"
        found = self.record.select(
            "mentions",
            f"JOIN document_order o ON o.document = mentions.document WHERE mentions.id IN ({some})"
            f" ORDER BY o.number, mentions.start LIMIT {MENTIONS}",
            (entity["id"],),
        )
        ids = json.dumps(sorted({mention["document"] for mention in found}))
        numbers = self.record.query(_NUMBERS, (ids,))
        self.numbers.put((str(id), int(str(number))) for id, number in numbers)
        return list(found)

    def times_named(self, entity: Row) -> int:
        """How many passages mention an entity, counted up to `COUNTED`."""
        return self.count("SELECT 1 FROM mentions WHERE entity = ?", (entity["id"],))

    def text_notes(self) -> dict[str, str]:
        """What is to be said of documents whose text others have, too."""
        return note_texts(self.record.select("comparisons", f"WHERE relation = 'same chain' LIMIT {MOST}"))

    def tables(self, engagement: str) -> Tables:
        """What the matrix of an engagement is made of: the whole that it belongs to."""
        top, seen = engagement, {engagement}
        while (row := self.get("engagements", top)) and row["parent"] and row["parent"] not in seen:
            top = row["parent"]
            seen.add(top)
        whole: dict[str, Row] = {}
        waiting = [top]
        while waiting and len(whole) < MOST:
            row = self.get("engagements", waiting.pop())
            if row is not None and row["id"] not in whole:
                whole[row["id"]] = row
                waiting += [part["id"] for part in self.of("parts of engagement", row["id"])]
        agenda = [item for id in whole for item in self.of("agenda of engagement", id)]
        return index_tables(list(whole.values()), agenda, self.record.rows("issues"), self._read_words)

    def _read_words(self, document: str) -> Words:
        row = self.get("documents", document)
        own = [part for part in row["parts"] if part["part"] in OWN_PARTS] if row else []
        return read_words("\n".join(self.texts[document][part["start"] : part["end"]] for part in own))

    def find_named(self, document: str, line: Line) -> Row | None:
        """Where a report first has one of the names of an issue, as a passage; None where it has none of them."""
        text = self.texts.get(document, "")
        for name in sorted({line.issue, *line.names}, key=lambda name: (-len(name), name)):
            if match := re.search(rf"\b{re.escape(name)}\b", text, re.IGNORECASE):
                return {"document": document, "start": match.start(), "end": match.end(), "quote": match[0]}
        return None

    def find_now(self, id: str) -> str | None:
        """The id that a row has now which was merged, or was found anew under another one; None where it is unknown."""
        merged = self.record.query(
            "SELECT subject FROM decisions WHERE action = 'merge' AND EXISTS"
            " (SELECT 1 FROM json_each(after, '$.others') WHERE value = ?) ORDER BY number DESC LIMIT 1",
            (id,),
        )
        names = [id, *(str(subject) for (subject,) in merged)]
        for name in names:
            found = self.record.query('SELECT "row" FROM relocated WHERE subject = ?', (name,))
            now = str(found[0][0]) if found else name
            if now != id and any(self.get(noun, now) for noun in ("entities", "engagements")):
                return now
        return None

    def tallies(self) -> dict[str, int]:
        """How many rows the nouns have that are counted in the record."""
        return {str(noun): int(str(number)) for noun, number in self.record.query("SELECT noun, rows FROM tallies")}

    def count_reviewed(self) -> tuple[int, int]:
        """How many rows people have settled, and how many there are to settle."""
        counted = self.tallies()
        done = int(str(self.record.query("SELECT count(*) FROM reviews")[0][0]))
        return done, sum(counted.get(noun, 0) for noun in TO_SETTLE)

    def entry_points(self, document: str) -> list[tuple[int, int]]:
        """The spans of a document that some row rests on."""
        found = self.record.query('SELECT DISTINCT start, "end" FROM evidence WHERE document = ?', (document,))
        return sorted((int(str(start)), int(str(end))) for start, end in found)

    def passage(self, evidence: Row) -> Passage | None:
        """Where the words of an evidence are shown; None when its document is not in the record."""
        document = self.get("documents", evidence["document"])
        if document is None:
            return None
        start, end = evidence["start"], evidence["end"]
        paragraph = paragraph_of(self._starts[document["id"]], start)
        href = f"p/{quote(document['id'], safe='')}/{start}-{end}"
        return Passage(href, self.numbers.get(document["id"], 0), paragraph, label(document), page_of(document, start))

    def _find_number(self, document: str) -> int | None:
        found = self.record.query("SELECT number FROM document_order WHERE document = ?", (document,))
        return int(str(found[0][0])) if found else None

    def _find_text(self, document: str) -> str | None:
        found = self.record.query("SELECT text FROM documents WHERE id = ?", (document,))
        return str(found[0][0]) if found else None

    def _find_starts(self, document: str) -> list[int]:
        return paragraph_starts(self.texts[document])
