"""The pages of the reading room: every link leads somewhere, data say the same, nothing of a document is markup."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import cast
from urllib.parse import urljoin, urlsplit

import pytest

from communique.codec import Plain, from_plain
from communique.model import Annotations, Linked, Reading
from communique.publish.web.app import LIVE_SECTIONS
from communique.record.reader import open_record
from communique.record.writer import RecordWriter, Run
from tests.publish.conftest import documents, rich_record
from tests.publish.pages import Element, parse
from tests.publish.test_site import ALLOWED
from tests.publish.web.conftest import Served, serving

LIVE_TAGS = ALLOWED | {"script", "form", "button", "select", "option", "figure", "figcaption", "input", "label"}
LIVE_TAGS |= {
    "svg",
    "g",
    "rect",
    "line",
    "path",
    "kbd",
    "text",
    "textarea",
    "fieldset",
    "legend",
    "details",
    "summary",
    "dialog",
}


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The record made by hand, with hostile names and texts."""
    path = tmp_path_factory.mktemp("rich") / "rich.db"
    record = rich_record()
    tables = {noun: rows for noun, rows in record.tables.items() if noun != "documents"}
    with RecordWriter(path, Run("0.1", "fake 1.0", "tables")) as writer:
        for document in documents():
            writer.add(Reading(document, Annotations()))
        writer.replace_linked(from_plain(Linked, cast("dict[str, Plain]", tables)))
    with serving(path, "Vienna <talks>") as room:
        yield room


def read(served: Served, path: str) -> Element:
    status, headers, body = served.ask(path)
    assert status == 200, (path, status, body[:300])
    assert headers["content-type"] == "text/html; charset=utf-8"
    return parse(body.decode().replace("<!doctype html>", ""))


@pytest.fixture(scope="module")
def pages(rich: Served) -> dict[str, Element]:
    """Every page that can be reached from the overview, by its address without the fragment."""
    found: dict[str, Element] = {}
    waiting = ["/"]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found[path] = read(rich, path)
        for element in found[path]:
            to = urlsplit(urljoin(path, element.attributes.get("href", "")))
            address = to.path + (f"?{to.query}" if to.query else "")
            if element.tag == "a" and element.attributes.get("href") and not to.path.endswith((".json", ".csv")):
                waiting.append(address)
    return found


def test_every_link_leads_to_a_page_and_a_place_on_it(pages: dict[str, Element]) -> None:
    count = 0
    for path, page in pages.items():
        for link in page.find("a"):
            to = urlsplit(urljoin(path, link.attributes["href"]))
            assert not to.netloc, link.attributes
            if to.fragment:
                target = pages[to.path + (f"?{to.query}" if to.query else "")]
                assert [e for e in target if e.attributes.get("id") == to.fragment], f"{path} → {link.attributes}"
                count += 1
    assert count > 50
    assert len(pages) > 60


def test_every_section_and_every_row_can_be_reached(pages: dict[str, Element], rich: Served) -> None:
    assert {f"/{name}" if name != "index" else "/" for name, _ in LIVE_SECTIONS} <= set(pages)
    with open_record(rich.record) as record:
        for prefix, noun in (("d", "documents"), ("e", "engagements"), ("r", "statements"), ("r", "commitments")):
            assert {f"/{prefix}/{row['id']}" for row in record.rows(noun)} <= set(pages)


def test_pages_are_sound(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        ids = [element.attributes["id"] for element in page if "id" in element.attributes]
        assert len(ids) == len(set(ids)), path
        assert len(page.find("h1")) == 1, path
        assert len(page.find("main")) == 1, path
        labelled = {label.attributes.get("for") for label in page.find("label")}
        inside = {id(inner) for label in page.find("label") for inner in label}
        for field in [*page.find("input"), *page.find("select"), *page.find("textarea")]:
            hidden = field.attributes.get("type") == "hidden"
            assert hidden or id(field) in inside or field.attributes.get("id") in labelled, (path, field.attributes)


def test_nothing_of_a_document_becomes_markup(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        for element in page:
            assert element.tag in LIVE_TAGS | {"document"}, f"<{element.tag}> on {path}"
            names = set(element.attributes)
            assert not {name for name in names if name.startswith("on") or name == "style"}, path
            assert "src" not in names or element.attributes["src"].startswith("/static/"), path
            assert element.tag != "script" or not element.text, path
            href = element.attributes.get("href", "/")
            assert re.match(r"(/(?!/)|#)", href), (path, href)


def test_a_document_is_shown_character_by_character(pages: dict[str, Element]) -> None:
    for document in documents():
        texts = pages[f"/d/{document.id}"].find("div", class_="text")
        assert "".join(element.text for element in texts) == document.text


def test_a_passage_shows_its_words_and_whose_they_are(pages: dict[str, Element], rich: Served) -> None:
    paths = [path for path in pages if path.startswith("/p/")]
    assert len(paths) > 20
    texts = {document.id: document.text for document in documents()}
    for path in paths:
        _, _, name, span = path.split("/")
        start, end = map(int, span.split("-"))
        [mark] = pages[path].find("mark", class_="here")
        assert mark.text == texts[name][start:end]
    chain = "Vane ← My cousin ← Tom B. ← a comment under Rosa Quill"
    with open_record(rich.record) as record:
        row = next(row for row in record.statements if row["id"] == "stm-cousin")["content"][0]
    told = json.loads(rich.ask(f"/p/{row['document']}/{row['start']}-{row['end']}.json")[2])["passage"]
    assert chain in told["lines"]
    assert "reader’s comment" in told["lines"]
    assert told["before"].endswith("Vane say ")
    assert told["footnote"].startswith("“the ban would stay” Rosa Quill, publisher unknown")


def test_every_page_can_be_had_as_data(pages: dict[str, Element], rich: Served) -> None:
    for path in pages:
        name, _, asked = path.partition("?")
        name = "/index" if name == "/" else name
        status, headers, body = rich.ask(f"{name}.json?{asked}")
        assert (status, headers["content-type"]) == (200, "application/json"), path
        assert json.loads(body)["page"]["url"].startswith(rich.root)
        status, headers, body = rich.ask(f"{name}.csv?{asked}")
        assert (status, headers["content-type"]) == (200, "text/csv; charset=utf-8"), path
        lines = list(csv.reader(io.StringIO(body.decode(), newline="")))
        assert len({len(line) for line in lines}) == 1, path
        assert not [cell for line in lines for cell in line if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))]


def test_the_data_of_a_list_are_the_rows_of_the_record(rich: Served) -> None:
    whole = json.loads(rich.ask("/statements.json")[2])
    with open_record(rich.record) as record:
        rows = {row["id"]: row for row in record.statements}
    assert {row["id"]: row for row in whole["tables"]["statements"]} == rows
    assert (whole["total"], whole["total_is_exact"], whole["next"]) == (len(rows), True, None)


def test_lists_are_cut_into_pages_that_follow_each_other(rich: Served) -> None:
    seen, path = [], "/statements.json?size=2"
    while path:
        whole = json.loads(rich.ask(path)[2])
        assert len(whole["tables"]["statements"]) <= 2
        seen += [row["id"] for row in whole["tables"]["statements"]]
        path = (whole["next"] or "").removeprefix(rich.root)
    assert len(seen) == len(set(seen)) == 5


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("q=fishing+ban", {"stm-hour"}),
        ("q=%22quite+content%22", {"stm-content"}),
        ("q=quite+ban", set()),
        ("speaker=ent-holm", {"stm-hour", "stm-content"}),
        ("form=indirect", {"stm-visas", "stm-cousin", "stm-nobody"}),
        ("form=indirect&part=comment", {"stm-cousin"}),
        ("through=yes", {"stm-content", "stm-cousin"}),
        ("through=ent-ministry", {"stm-content"}),
        ("polarity=denied", {"stm-visas"}),
        ("publisher=Northern+Wire", {"stm-hour", "stm-visas"}),
        ("from=2014-06&to=2014-06-03", {"stm-hour", "stm-visas"}),
        ("from=2015", set()),
        ("issue=fishing+ban", {"stm-hour"}),
        ("q=%00%22%27;--", set()),
        ("kind=anonymous&q=visas", {"stm-visas"}),
    ],
)
def test_statements_are_searched_and_narrowed(rich: Served, asked: str, ids: set[str]) -> None:
    whole = json.loads(rich.ask(f"/statements.json?{asked}")[2])
    assert {row["id"] for row in whole["tables"]["statements"]} == ids
    assert whole["total"] == len(ids)


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ("person=holm", {"eng-talks", "eng-dinner"}),
        ("person=ent-vienna", {"eng-talks"}),
        ("kind=dinner", {"eng-dinner"}),
        ("status=expected+or+planned", {"eng-coming"}),
        ("from=2014-06-03&to=2014-07", {"eng-dinner"}),
        ("what=commitments", {"cmt-draft"}),
        ("issue=visas", {"eng-talks"}),
        ("publisher=Northern+Wire&what=engagements", {"eng-talks"}),
        ("what=engagements&status=all+but+expected+or+planned&order=latest", {"eng-talks", "eng-dinner"}),
        ("person=%25", set()),
    ],
)
def test_the_chronology_is_narrowed(rich: Served, asked: str, ids: set[str]) -> None:
    whole = json.loads(rich.ask(f"/chronology.json?{asked}")[2])
    assert {row["id"] for rows in whole["tables"].values() for row in rows} == ids


def test_the_latest_stand_first_where_they_are_asked_for(rich: Served) -> None:
    days = [
        row["date"]["start"]
        for row in json.loads(rich.ask("/chronology.json?what=engagements&order=latest")[2])["tables"]["engagements"]
    ]
    assert len(days) > 1
    assert days == sorted(days, reverse=True)
    earliest, latest = (
        [heading.text for heading in read(rich, f"/chronology?size=50{order}").find("h2")]
        for order in ("", "&order=latest")
    )
    assert len(latest) > 1
    assert latest == [heading for heading in reversed(earliest) if not heading.startswith("Without a date")]


def test_words_that_nobody_said_are_found_in_the_texts(rich: Served) -> None:
    with open_record(rich.record) as record:
        said = " ".join(e["quote"] for row in record.rows("statements") for e in row["content"]).casefold()
        wire = next(row["id"] for row in record.rows("documents") if row["publisher"] == "Northern Wire")
        text = record.document(wire).text
    word = next(word for word in re.findall(r"\b[a-z]{6,}\b", text) if word not in said)
    page = read(rich, f"/statements?q={word}")
    assert not page.find("article", class_="statement")
    [section] = [s for s in page.find("section") if s.attributes.get("aria-labelledby") == "texts"]
    assert word in [mark.text for mark in section.find("mark")]
    [link] = section.find("a", class_="passage")[:1]
    start, end = map(int, link.attributes["href"].rpartition("/")[2].split("-"))
    assert text[start:end] == word
    assert not [s for s in read(rich, "/statements").find("section") if "texts" in s.attributes.values()]


def test_the_foot_names_every_document_that_the_page_cites(pages: dict[str, Element]) -> None:
    checked = 0
    for path, page in pages.items():
        cited = {re.search(r"(\d+)\xa0¶", link.text)[1] for link in page.find("a", class_="passage")}  # type: ignore[index]
        named = {line.text.split()[0] for found in page.find("ul", class_="cited") for line in found.find("li")}
        assert cited == named, path
        checked += len(cited) > 1
    assert checked > 5


def test_lists_take_no_notice_of_capitals(rich: Served) -> None:
    whole = json.loads(rich.ask("/names.json?size=1000")[2])
    names = [row["name"] for row in whole["tables"]["entities"]]
    assert any(name[:1].islower() for name in names)
    assert names == sorted(names, key=lambda name: "".join(c.lower() if c.isascii() else c for c in name))


def test_who_passes_words_on_is_listed_also_without_a_page(pages: dict[str, Element]) -> None:
    rows = [(row.find("th"), row.find("td")) for row in pages["/sources"].find("tr")]
    relays = {name[0].text.split(" in these words")[0]: cells[0].text for name, cells in rows if len(cells) == 1}
    assert relays["Tom B."] == "1"
    assert relays["My cousin"] == "1"


def test_facets_count_what_they_lead_to(pages: dict[str, Element], rich: Served) -> None:
    checked = 0
    for path in ("/statements", "/chronology", "/names", "/agenda", "/conflicts", "/documents", "/measures"):
        [facets] = pages[path].find("dl", class_="facets") or [Element("dl", {})]
        for links in facets.find("dd"):
            for link, number in zip(links.find("a"), links.find("span", class_="count"), strict=False):
                address, _, asked = link.attributes["href"].partition("?")
                whole = json.loads(rich.ask(f"{address}.json?{asked}")[2])
                assert whole["total"] == int(number.text), link.attributes
                checked += 1
    assert checked > 25


def test_the_same_pages_are_found_while_a_build_writes(rich: Served) -> None:
    before = rich.ask("/statements.json")[2]
    with RecordWriter(rich.record, Run("0.1", "fake 1.0", "tables")) as writer, pytest.raises(InterruptedError):
        empty_and_look(writer, rich, before)


def empty_and_look(writer: RecordWriter, rich: Served, before: bytes) -> None:
    with writer.batch():
        writer.replace_linked(Linked())
        assert rich.ask("/statements.json")[2] == before
        raise InterruptedError


@pytest.mark.parametrize(
    "path", ["/e/eng-none", "/p/doc-none/1-2", "/nothing", "/x/doc-1", "/p/x/1-999999999", "/d/%00"]
)
def test_what_is_not_there_is_said_to_be_so(rich: Served, path: str) -> None:
    status, _, body = rich.ask(path)
    assert status == 404
    assert "Not here" in parse(body.decode().replace("<!doctype html>", "")).text


def test_a_record_that_is_gone_is_told_plainly(tmp_path: Path) -> None:
    with serving(tmp_path / "none.db") as room:
        status, headers, body = room.ask("/chronology")
        assert status == 500
        assert re.search("there is no record here", body.decode())
        assert headers["content-type"].startswith("text/plain")
