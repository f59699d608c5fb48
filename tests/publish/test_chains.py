"""Lists say which documents are versions of one article, or copies of one text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from communique.publish.lines import load_chains, to_line
from communique.publish.site.shelf import note_texts


def compare(property: str, about: str, *values: tuple[str, str]) -> dict[str, Any]:
    listed = [{"document": document, "value": value} for document, value in values]
    return {"relation": "same chain", "property": property, "about": about, "values": listed}


ROWS = [
    compare("versions", "doc-2", ("doc-1", "version 1 of 2"), ("doc-2", "version 2 of 2")),
    compare("text", "doc-1", *((f"doc-{i}", "all of its words") for i in range(1, 9))),
    compare("date", "eng-1", ("doc-9", "2014-03-04")),
]


class Fake:
    def iter_rows(self, noun: str) -> Iterator[dict[str, Any]]:
        assert noun == "comparisons"
        yield from ROWS


def test_what_lists_say() -> None:
    told = load_chains(Fake())  # type: ignore[arg-type]
    assert told["doc-1"] == "version 1 of 2, the last is doc-2"
    assert told["doc-2"] == "version 2 of 2"
    assert told["doc-3"] == "one text with doc-1, doc-2, doc-4, doc-5 and 3 more"
    assert "doc-9" not in told


def test_the_line_of_a_document() -> None:
    row = dict.fromkeys(("published", "author", "publisher")) | {
        "id": "doc-1",
        "title": "Talks",
        "file": "a.txt",
        "copies": [],
    }
    line = to_line("documents", {"doc-1#text": "version 1 of 2"})(row)
    assert line == "doc-1  undated  publisher unknown  Talks  [a.txt; version 1 of 2]"


def test_what_pages_say() -> None:
    told = note_texts(ROWS)
    assert (told["doc-1"], told["doc-3"]) == ("version 1 of 2", "copy of one text")
    assert "doc-9" not in told
