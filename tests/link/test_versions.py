"""Versions of one article stand in order, and count once; what only stands under one title or address does not."""

from __future__ import annotations

from communique.link.duplicates import find_chains
from communique.model import Annotations, Document, Reading, Relation
from communique.read import read_text
from tests.link.test_duplicates import make_paragraph

ONE, TWO, THREE, FOUR, FIVE = (make_paragraph(seed) for seed in range(5))
TITLE = "Ministers agree on the harbour of Tavel"


def make(*paragraphs: str, title: str = TITLE, **facts: str) -> Document:
    facts = {"title": title, "publisher": "The River Post", **facts}
    return read_text("\n\n".join([title, *paragraphs]), "a.txt", facts)


def versions(*documents: Document) -> list[list[tuple[str, str]]]:
    chain, rows = find_chains([Reading(document, Annotations()) for document in documents])
    found = [row for row in rows if row.property == "versions"]
    for row in found:
        assert row.relation is Relation.SAME_CHAIN
        assert len({chain[value.document] for value in row.values}) == 1
        assert row.about == row.values[-1].document
    return [[(value.document, value.value) for value in row.values] for row in found]


def test_a_report_that_grows_at_its_address() -> None:
    first = make(ONE, TWO, url="https://river.example/a", published="2021-03-04")
    address = "https://m.river.example/a?utm_source=x"
    later = make(ONE, THREE, FOUR, title="Harbour opens", url=address, published="2021-03-05")
    assert versions(later, first) == [[(first.id, "version 1 of 2"), (later.id, "version 2 of 2")]]


def test_a_report_that_is_rewritten_under_its_title() -> None:
    first, later = make(ONE, TWO, THREE, published="2021-03-04"), make(FOUR, FIVE, TWO, published="2021-03-06")
    assert len(versions(first, later)) == 1


def test_one_address_that_holds_another_report_every_day() -> None:
    url = "https://river.example/today"
    assert versions(make(ONE, TWO, url=url), make(THREE, FOUR, title="Another day", url=url)) == []


def test_one_title_weeks_apart_or_of_another_outlet_or_too_short() -> None:
    first = make(ONE, TWO, THREE, published="2021-03-04")
    assert versions(first, make(FOUR, FIVE, TWO, published="2021-04-12")) == []
    assert versions(first, make(FOUR, FIVE, TWO, publisher="The Courier")) == []
    assert versions(make(ONE, TWO, THREE, title="Notice"), make(FOUR, FIVE, TWO, title="Notice")) == []


def test_three_versions_and_a_copy_elsewhere_are_one_text() -> None:
    url = "https://river.example/a"
    grown: tuple[list[str], ...] = ([], [THREE], [THREE, FOUR])
    own = [make(ONE, TWO, *more, url=url, published=f"2021-03-0{day}") for day, more in enumerate(grown, 1)]
    copy = make(ONE, TWO, THREE, title="Abroad", publisher="The Courier")
    chain, rows = find_chains([Reading(document, Annotations()) for document in [*own, copy]])
    assert len(set(chain.values())) == 1
    assert sorted((row.property, len(row.values)) for row in rows) == [("text", 4), ("versions", 3)]


def test_of_one_day_the_longer_is_the_later() -> None:
    url = "https://river.example/a"
    longer, shorter = make(ONE, TWO, THREE, url=url), make(ONE, TWO, url=url)
    assert versions(longer, shorter)[0][-1][0] == longer.id
