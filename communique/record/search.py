"""Full text search over passages and statements.

What a person types is never given to FTS5 as it is: `make_query` makes quoted phrases of it, all of which must occur.
Words in quotation marks are a phrase, a word that ends in an asterisk stands for all that begin so. Case and accents do
not matter.
"""

from __future__ import annotations

import json
import re
import sqlite3

from communique.model import PartKind
from communique.record.rows import Row
from communique.text.segment import fold

_TERM = re.compile(r'"([^"]*)(?:"|$)|([^\s"]+)')
_LETTER = re.compile(r"[^\W_]")

# bm25 is lower the better the match; both tables cut words the same way, so the two are compared as they are.
_SEARCH = """
SELECT 'statements' AS noun, s.id AS id, s.document, json_extract(s.content, '$[0].start') AS start,
       json_extract(s.content, '$[#-1].end') AS "end", d.text, d.title, d.file, d.parts, bm25(statement_words) AS rank
FROM statement_words JOIN statements s ON s.id = statement_words.statement JOIN documents d ON d.id = s.document
WHERE statement_words MATCH :query
UNION ALL
SELECT 'documents', d.id, d.id, p.start, p."end", d.text, d.title, d.file, d.parts, bm25(passage_words)
FROM passage_words JOIN passages p ON p.id = passage_words.rowid JOIN documents d ON d.id = p.document
WHERE passage_words MATCH :query
ORDER BY rank, 3, 4, 1, 2 LIMIT :limit
"""


def make_query(words: str) -> str | None:
    """A person's words as an FTS5 query; None when there is no letter or digit in them."""
    terms = []
    for match in _TERM.finditer(fold(words).replace("\0", " ")):
        term = match.group(1) if match.group(1) is not None else match.group(2)
        if _LETTER.search(term):
            prefix = "*" if match.group(2) and term.endswith("*") else ""
            terms.append(f'"{term.rstrip("*")}"{prefix}')
    return " ".join(terms) or None


def find_terms(words: str) -> list[str]:
    """The words and phrases of what a person typed, as they are looked for, without the asterisk."""
    found = (match.group(1) if match.group(1) is not None else match.group(2) for match in _TERM.finditer(words))
    return [term.rstrip("*") for term in found if _LETTER.search(term)]


def search(connection: sqlite3.Connection, words: str, limit: int) -> list[Row]:
    """The best matches; see `reader.Record.search`."""
    query = make_query(words)
    if query is None:
        return []
    found = connection.execute(_SEARCH, {"query": query, "limit": limit})
    return [
        {
            "noun": noun,
            "id": name,
            "document": document,
            "start": start,
            "end": end,
            "quote": text[start:end],
            "title": title,
            "file": file,
            "part": _find_part(json.loads(parts), start),
        }
        for noun, name, document, start, end, text, title, file, parts, _ in found
    ]


def _find_part(parts: list[Row], start: int) -> str:
    """The part of the document in which a place lies."""
    return next((part["part"] for part in parts if part["start"] <= start < part["end"]), PartKind.BODY.value)
