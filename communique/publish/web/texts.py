"""Words searched for in the texts of documents: what nobody said may still be told there."""

from __future__ import annotations

import re
from typing import Any

from communique.publish.site.holdings import Cut
from communique.publish.web.desk import Desk
from communique.record.search import find_terms, make_query

SHOWN = 20
AROUND = 120  # characters before and after the words
LONGEST = 400  # characters of a passage that are shown from its first word found

_FOUND = (
    'SELECT p.document, p.start, p."end" FROM passage_words w JOIN passages p ON p.id = w.rowid'
    f" WHERE passage_words MATCH ? LIMIT {SHOWN}"
)


def find(desk: Desk, words: str) -> Cut:
    """Paragraphs in which all the words stand, the first of them, with how many there are.

    Returns:
        Rows of three: the passage of the first word found, and the text before and after it.
    """
    query = make_query(words)
    if query is None:
        return Cut([], 0)
    rows: list[Any] = []
    for document, start, end in desk.record.query(_FOUND, (query,)):
        text = desk.texts[str(document)]
        first, last = _first_term(text, int(str(start)), int(str(end)), find_terms(words))
        around = (max(int(str(start)), first - AROUND), min(int(str(end)), last + LONGEST))
        evidence = {"document": str(document), "start": first, "end": last, "quote": text[first:last]}
        before, after = text[around[0] : first], text[last : around[1]]
        before = "…" + before.partition(" ")[2] if around[0] > int(str(start)) else before
        after = after.rpartition(" ")[0] + "…" if around[1] < int(str(end)) else after
        rows.append((evidence, before, after))
    total = desk.count("SELECT 1 FROM passage_words WHERE passage_words MATCH ?", (query,))
    return Desk.cut(rows, total)


def _first_term(text: str, start: int, end: int, terms: list[str]) -> tuple[int, int]:
    """The first of the words in a paragraph; the whole of it where only its folded letters have them."""
    wanted = "|".join(r"\s+".join(map(re.escape, term.split())) for term in terms)
    match = re.compile(rf"(?<!\w)(?:{wanted})\w*", re.IGNORECASE).search(text, start, end)
    return (match.start(), match.end()) if match else (start, min(end, start + LONGEST))
