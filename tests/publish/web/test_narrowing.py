"""Facets of the lists, counts that are kept, and what a page says of printed pages and of what was not read."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from typing import Any

import pytest

from communique.model import AgendaItem, Annotations, PageSpan, Phase, Reading, Voice, VoiceKind, content_id
from communique.publish.site.words import Row
from communique.publish.web.views import group_rows
from communique.record.reader import open_record
from communique.record.writer import RecordWriter
from tests.factory import World, cite, make_document, make_source, make_statement, make_world
from tests.publish.web.conftest import Served, serving
from tests.publish.web.test_pages import read
from tests.record.conftest import RUN

LEAFLET = "“Fishing comes first,” Ana Ruiz said in Oslo, according to Ben Okafor."


@pytest.fixture(scope="module")
def world() -> World:
    """The story, and a report without a publisher: what she said on another issue, through him."""
    story, leaflet = make_world(), make_document(LEAFLET, "leaflet.txt")
    ruiz, okafor = (
        make_source(cite(leaflet, name), name, content_id("ent", name)) for name in ("Ana Ruiz", "Ben Okafor")
    )
    words = cite(leaflet, "Fishing comes first")
    said = replace(make_statement(words, cite(leaflet, "said"), ruiz), via=(okafor,))
    voice = Voice(VoiceKind.PUBLISHER)
    issue = AgendaItem(content_id("agd", leaflet.id), leaflet.id, None, "fishing", Phase.ADDRESSED, voice, (words,))
    named = replace(issue, id=content_id("agd", leaflet.id, "embassy"), issue="embassy")
    linked = replace(
        story.linked,
        statements=tuple(sorted((*story.linked.statements, said), key=lambda row: row.id)),
        agenda=tuple(sorted((*story.linked.agenda, issue, named), key=lambda row: row.id)),
    )
    return World((*story.readings, Reading(leaflet, Annotations())), linked)


@pytest.fixture(scope="module")
def served(world: World, tmp_path_factory: pytest.TempPathFactory) -> Any:
    path = tmp_path_factory.mktemp("paged") / "paged.db"
    with RecordWriter(path, RUN) as writer:
        for reading in world.readings:
            text = reading.document.text
            pages = (PageSpan(1, 0, len(text) // 2), PageSpan(2, len(text) // 2, len(text)))
            writer.add(
                Reading(replace(reading.document, pages=pages, losses=("page 3 has no text",)), reading.annotations)
            )
        writer.replace_linked(world.linked)
    with serving(path) as room:
        yield room


def facets(served: Served, path: str) -> dict[str, dict[str, int]]:
    """Title → words → how many, as the page shows them."""
    found = {}
    for block in read(served, path).find("dl", class_="facets")[0].find("div"):
        [title], [values] = block.find("dt"), block.find("dd")
        words = [link.text.removeprefix("✓ ") for link in values.find("a")]
        found[title.text] = dict(
            zip(words, (int(count.text) for count in values.find("span", class_="count")), strict=True)
        )
    return found


def rows(served: Served, path: str) -> list[dict[str, Any]]:
    [found] = json.loads(served.ask(path)[2])["tables"].values()
    return list(found)


def test_facets_count_what_the_list_then_shows(served: Served) -> None:
    listed = rows(served, "/statements.json")
    forms = Counter(row["form"] for row in listed)
    shown = facets(served, "/statements?form=direct")  # with one value chosen, the facet stands there in any case
    assert list(shown["Form"].values()) == [forms["direct"]]
    for form, number in forms.items():
        assert len(rows(served, f"/statements.json?form={form}")) == number


def test_statements_are_narrowed_by_who_relays_them(served: Served) -> None:
    listed = rows(served, "/statements.json")
    [relayed] = [row for row in listed if row["via"] and row["via"][0]["entity"]]
    found = rows(served, f"/statements.json?through={relayed['via'][0]['entity']}")
    assert [row["id"] for row in found] == [relayed["id"]]
    assert len(listed) > 1


def test_statements_are_narrowed_by_issue(served: Served, world: World) -> None:
    at_engagement, elsewhere = sorted(world.linked.statements, key=lambda row: row.engagement is None)
    assert [row["id"] for row in rows(served, "/statements.json?issue=fishing")] == [elsewhere.id]
    # whose words name it, and on whose words it rests
    found = rows(served, "/statements.json?issue=embassy")
    assert {row["id"] for row in found} == {at_engagement.id, elsewhere.id}
    # what was said where grain was talked about need not be about grain
    assert rows(served, "/statements.json?issue=grain") == []
    assert rows(served, "/statements.json?issue=coal") == []


def test_what_has_no_publisher_can_be_chosen(served: Served, world: World) -> None:
    leaflet = world.readings[-1].document
    assert [row["id"] for row in rows(served, "/documents.json?publisher=-")] == [leaflet.id]
    assert [row["document"] for row in rows(served, "/statements.json?publisher=-")] == [leaflet.id]


def test_counts_that_are_kept_are_those_of_the_tables(served: Served) -> None:
    with open_record(served.record) as record:
        kept = {str(row[0]): row[1] for row in record.query("SELECT noun, rows FROM tallies")}
        assert {noun: record.counts()[noun] for noun in record.counts() if noun in kept} == {
            noun: number for noun, number in kept.items() if " " not in noun
        }


def test_a_page_tells_the_printed_page_and_what_was_not_read(served: Served, world: World) -> None:
    document = world.readings[0].document
    page = read(served, f"/d/{document.id}")
    assert "page 3 has no text" in page.text
    assert "read in part" in page.find("header", class_="entry")[0].text
    assert [leaf.text for leaf in page.find("p", class_="leaf")] == ["page 1"]  # marked where a block begins
    last = len(document.text.rstrip())
    told = json.loads(served.ask(f"/p/{document.id}/{last - 4}-{last}.json")[2])["passage"]
    assert "printed page 2" in told["lines"]
    assert ", p. 2, characters" in told["footnote"]
    assert "read in part" in read(served, "/documents").text


def test_a_heading_stands_once_whatever_the_order_of_the_rows() -> None:
    rows: list[Row] = [{"relation": relation} for relation in ("corroborates", "same chain", "corroborates")]
    assert [(group.key, group.total) for group in group_rows("conflicts", rows)] == [
        ("conflicts-0", 2),
        ("conflicts-1", 1),
    ]
