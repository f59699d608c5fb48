"""The site as a whole: what its pages say, that every link leads somewhere, that no document becomes markup."""

from __future__ import annotations

import posixpath
import random
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from communique import model as m
from communique.errors import EvidenceError, SettingsError
from communique.publish.site.build import build_site
from communique.publish.site.folder import MARKER
from communique.publish.site.lists import PAGE_ROWS
from communique.record.reader import open_record
from communique.record.writer import RecordWriter, Run
from tests.factory import make_world
from tests.publish.conftest import FakeRecord, documents, fake_record, in_words, rich_record
from tests.publish.pages import Element, read_site

ALLOWED = {
    "html",
    "details",
    "summary",
    "head",
    "meta",
    "title",
    "link",
    "body",
    "a",
    "header",
    "footer",
    "main",
    "nav",
    "section",
    "article",
    "div",
    "p",
    "span",
    "strong",
    "em",
    "bdi",
    "abbr",
    "time",
    "code",
    "q",
    "h1",
    "h2",
    "h3",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "blockquote",
    "mark",
    "input",
    "label",
    "figure",
    "figcaption",
    "svg",
    "line",
    "rect",
    "text",
}
WIRE, PAPER, HOSTILE = documents()
HOSTILE_NAME = '"><img src=x onerror=alert(1)>'


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    dest = tmp_path_factory.mktemp("site") / "vienna"
    build_site(rich_record(), dest, "Vienna <talks>")
    return dest


@pytest.fixture(scope="module")
def pages(folder: Path) -> dict[str, Element]:
    return read_site(folder)


def page_of(pages: dict[str, Element], document: m.Document) -> Element:
    return pages[f"d/{document.id}.html"]


def links(pages: dict[str, Element]) -> Iterator[tuple[str, str, str]]:
    """Every link: the page it is on, the page it leads to, the fragment."""
    for path, page in pages.items():
        for element in page:
            if "href" in element.attributes:
                to = urlsplit(element.attributes["href"])
                assert not to.scheme, element.attributes
                assert not to.netloc, element.attributes
                assert not to.path.startswith("/"), element.attributes
                yield (
                    path,
                    posixpath.normpath(posixpath.join(posixpath.dirname(path), to.path)) if to.path else path,
                    to.fragment,
                )


def check_links(folder: Path, pages: dict[str, Element]) -> int:
    ids = {
        path: {element.attributes["id"] for element in page if "id" in element.attributes}
        for path, page in pages.items()
    }
    count = 0
    for path, target, fragment in links(pages):
        count += 1
        assert (folder / target).is_file(), f"{path} leads to {target}"
        assert not fragment or fragment in ids[target], f"{path} leads to {target}#{fragment}"
    return count


# --- links and passages ---------------------------------------------------------------------------


def test_every_link_leads_to_a_file_and_a_place_in_it(folder: Path, pages: dict[str, Element]) -> None:
    assert check_links(folder, pages) > 300


def test_every_page_can_be_reached_from_the_overview(pages: dict[str, Element]) -> None:
    leads: dict[str, set[str]] = {}
    for path, target, _ in links(pages):
        leads.setdefault(path, set()).add(target)
    reached, new = set(), {"index.html"}
    while new:
        reached |= new
        new = {target for path in new for target in leads.get(path, ())} - reached
    assert set(pages) <= reached


def test_a_document_is_shown_character_by_character(pages: dict[str, Element]) -> None:
    for document in documents():
        page = page_of(pages, document)
        assert "".join(element.text for element in page.find("div", class_="text")) == document.text


def test_the_words_of_every_passage_are_at_its_place(pages: dict[str, Element]) -> None:
    found = 0
    for document in documents():
        page = page_of(pages, document)
        for element in page.find("span", class_="at"):
            if "id" in element.attributes and len(element.find("span", class_="at")) == 1:
                start, end = (int(number) for number in element.attributes["id"].removeprefix("c").split("-"))
                assert element.text == document.text[start:end] or document.text[start:end].startswith(element.text)
                found += 1
    assert found > 20


def test_a_mark_leads_to_its_row_and_back(pages: dict[str, Element]) -> None:
    page = page_of(pages, PAPER)
    mark = next(mark for mark in page.find("mark", class_="statement") if mark.text == "the ban would stay")
    assert mark.classes == ["ledger", "statement"]
    note = page.find("li", id=mark.attributes["aria-details"])[0]
    assert "statement: Vane, paraphrase" in note.text
    assert "follow-up of forecast: the ban may be lifted next year" in note.text
    assert {"../statements.html#stm-cousin", "../forecasts.html#fct-ban"} <= {
        a.attributes["href"] for a in note.find("a")
    }


def test_names_are_marked_lightly_and_lead_to_their_page(pages: dict[str, Element]) -> None:
    mark = page_of(pages, WIRE).find("div", class_="text")[1].find("mark", class_="mention")[0]
    assert mark.find("a")[0].attributes["href"].startswith("../n/ent-")


def test_comments_and_notices_say_what_they_are(pages: dict[str, Element]) -> None:
    labels = [h.text for h in page_of(pages, PAPER).find("h3", class_="part-label")]
    assert labels == ["Comment by a reader: Tom B.", "Notice: not part of the report"]
    assert "reader’s comment" in pages["statements.html"].find("article", id="stm-cousin")[0].text


# --- what the pages say ---------------------------------------------------------------------------


def test_chains_run_from_the_speaker_to_the_publisher(pages: dict[str, Element]) -> None:
    chains = [chain.text for chain in pages["statements.html"].find("span", class_="chain")]
    told = "Vane ←  through My cousin ←  through Tom B. ←  through a comment under Rosa Quill"
    assert any(chain.startswith(told) for chain in chains)


def test_accounts_stand_side_by_side(pages: dict[str, Element]) -> None:
    table = pages["e/eng-talks.html"].find("table", class_="accounts")[0]
    assert ["Northern Wire" in table.find("th")[1].text, "Rosa Quill" in table.find("th")[2].text] == [True, True]
    end = next(row for row in table.find("tr") if row.text.strip().startswith("end"))
    assert "contradicts" in end.find("th")[0].text
    assert [("before midnight" in cell.text, "two in the morning" in cell.text) for cell in end.find("td")] == [
        (True, False),
        (False, True),
    ]
    assert all(cell.find("a", class_="passage") for cell in end.find("td"))


def test_issues_are_set_against_engagements(pages: dict[str, Element]) -> None:
    table = pages["agenda.html"].find("table", class_="matrix")[0]
    lines = [[cell.text for cell in row if cell.tag in {"th", "td"}] for row in table.find("tr")]
    assert lines[1:] == [["fishing ban", "addressed", "expected"], ["visas", "avoided", "nothing found"]]
    assert lines[0] == [
        "Issue",
        "Talks of Holm and Vane in Vienna2 June 2014",
        "Dinner of the ministers2–3 June 2014",
    ]


def test_dates_are_no_more_exact_than_known(pages: dict[str, Element]) -> None:
    text = " ".join(pages["chronology.html"].text.split())
    assert "a Tuesday, date unknown Visit of" in text
    assert "2–3 June 2014, late inferred Dinner of the ministers" in text
    undated = next(
        s for s in pages["chronology.html"].find("section") if s.find("h2")[0].text.startswith("Without a date")
    )
    assert "closure of the ports" in undated.text


def test_expected_and_happened_are_words(pages: dict[str, Element]) -> None:
    assert "happened in" in pages["e/eng-talks.html"].text
    assert "expected in" in pages["e/eng-talks.html"].text
    assert "dated before what it answers" in pages["measures.html"].text


def test_empty_ledgers_say_so(tmp_path: Path, empty_record: FakeRecord) -> None:
    build_site(empty_record, tmp_path / "site")
    pages = read_site(tmp_path / "site")
    check_links(tmp_path / "site", pages)
    for name in ("chronology", "names", "statements", "agenda", "commitments", "forecasts", "measures", "conflicts"):
        assert "This does not mean that there is nothing" in pages[f"{name}.html"].text


def test_every_page_is_sound(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        assert len(page.find("h1")) == 1, path
        assert page.find("html")[0].attributes["lang"] == "en"
        assert page.find("a", class_="skip")[0].attributes["href"] == "#main"
        assert "Unreviewed." in page.find("header", class_="site")[0].text
        assert all("scope" in th.attributes for th in page.find("th")), path
        assert all(table.find("thead") for table in page.find("table")), path
        ids = [element.attributes["id"] for element in page if "id" in element.attributes]
        assert len(ids) == len(set(ids)), path
        levels = [int(element.tag[1]) for element in page if element.tag in {"h1", "h2", "h3"}]
        assert all(after - before <= 1 for before, after in pairwise(levels)), path
        for element in page:
            details = element.attributes.get("aria-details", "") + " " + element.attributes.get("aria-labelledby", "")
            assert set(details.split()) <= set(ids), path


def colours(css: str, block: int) -> dict[str, str]:
    """The custom properties of the first (light) or second (dark) list of colours."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", css.split(":root {")[1 + block].split("}")[0]))


def contrast(one: str, other: str) -> float:
    """Contrast of two colours as WCAG 2 defines it."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("block", [0, 1], ids=["light", "dark"])
def test_colours_can_be_told_apart(folder: Path, block: int) -> None:
    known = colours((folder / "static" / "site.css").read_text(), block)
    for ground in ("paper", "raised"):
        for text in ("ink", "quiet", "link", "visited", "ledger", "note"):
            assert contrast(known[text], known[ground]) >= 4.5, (text, ground)
        for line in ("strong-rule", "engagement", "focus"):
            assert contrast(known[line], known[ground]) >= 3, (line, ground)
    assert contrast(known["ink"], known["statement"]) >= 7


# --- hostile documents ----------------------------------------------------------------------------


def test_nothing_in_a_document_becomes_markup(pages: dict[str, Element]) -> None:
    for path, page in pages.items():
        for element in page:
            assert element.tag in ALLOWED | {"document"}, f"<{element.tag}> on {path}"
            assert not {name for name in element.attributes if name.startswith("on") or name in {"style", "src"}}, path


def test_hostile_names_are_shown_as_they_are(pages: dict[str, Element]) -> None:
    assert HOSTILE_NAME in pages["names.html"].text
    assert "Vienna <talks>" in pages["index.html"].find("title")[0].text
    assert "{{ 7 * 7 }} {% raw %} &lt;already&gt;" in page_of(pages, HOSTILE).text


def test_hostile_ids_do_not_leave_the_folder(tmp_path: Path) -> None:
    record = rich_record()
    record.tables["entities"] = [
        {**row, "id": "../../../out"} if row["id"] == "ent-vienna" else row for row in record.tables["entities"]
    ]
    build_site(record, tmp_path / "in" / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["in"]
    check_links(tmp_path / "in" / "site", read_site(tmp_path / "in" / "site"))


def test_pages_forbid_whatever_is_not_ours(pages: dict[str, Element]) -> None:
    for page in pages.values():
        policies = [e.attributes["content"] for e in page.find("meta") if "http-equiv" in e.attributes]
        assert policies == [
            "default-src 'none'; style-src 'self' file:; img-src 'self' file:; base-uri 'none'; form-action 'none'"
        ]


def test_a_lone_surrogate_does_not_stop_the_site(tmp_path: Path) -> None:
    text = "Broken \ud800 and \0 words.\n"
    document = m.Document("doc-broken", "broken.txt", "0" * 64, text)
    build_site(fake_record([document]), tmp_path / "site")
    assert "Broken" in read_site(tmp_path / "site")["d/doc-broken.html"].text


# --- the same again, and large --------------------------------------------------------------------


def test_the_same_record_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    record = rich_record()
    for rows in record.tables.values():
        random.Random(7).shuffle(rows)
    build_site(record, tmp_path / "again", "Vienna <talks>")
    files = sorted(path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    assert files == sorted(
        path.relative_to(tmp_path / "again") for path in (tmp_path / "again").rglob("*") if path.is_file()
    )
    assert [name for name in files if (folder / name).read_bytes() != (tmp_path / "again" / name).read_bytes()] == []


def test_long_lists_are_cut_into_pages(tmp_path: Path) -> None:
    record = rich_record()
    one = next(row for row in record.tables["statements"] if row["id"] == "stm-hour")
    record.tables["statements"] += [{**one, "id": f"stm-more-{number}"} for number in range(2 * PAGE_ROWS + 50)]
    holm = next(row for row in record.tables["entities"] if row["id"] == "ent-holm")
    record.tables["entities"] = [
        {**row, "mentions": row["mentions"] * 200} if row is holm else row for row in record.tables["entities"]
    ]
    build_site(record, tmp_path / "site")
    pages = read_site(tmp_path / "site")
    check_links(tmp_path / "site", pages)
    counts = [len(pages[f"statements{n}.html"].find("article", class_="statement")) for n in ("", "-2", "-3")]
    assert max(counts) <= PAGE_ROWS
    assert sum(counts) == len(record.tables["statements"])
    person = pages["n/ent-holm.html"]
    assert f"{2 * PAGE_ROWS + 52} statements in the record" in person.text
    assert "and 367 more" in person.text


def test_wholes_and_parts_in_a_circle_are_shown_all_the_same(tmp_path: Path) -> None:
    record = rich_record()
    parents = {"eng-talks": "eng-dinner", "eng-dinner": "eng-talks", "eng-coming": "eng-coming"}
    record.tables["engagements"] = [{**row, "parent": parents[row["id"]]} for row in record.tables["engagements"]]
    build_site(record, tmp_path / "site")
    shown = read_site(tmp_path / "site")["chronology.html"]
    assert {"e/eng-talks.html", "e/eng-dinner.html", "e/eng-coming.html"} <= {
        a.attributes["href"] for a in shown.find("a")
    }


def test_a_row_that_lies_stops_the_site(tmp_path: Path) -> None:
    told = in_words(WIRE, "told")
    statement = m.Statement(
        "stm-lie", WIRE.id, m.PartKind.BODY, m.StatementForm.DIRECT, (replace(told, start=told.start + 1),), None, None
    )
    with pytest.raises(EvidenceError, match="communique verify"):
        build_site(fake_record([WIRE], statements=[statement]), tmp_path / "site")
    assert not (tmp_path / "site").exists()


def test_the_record_of_this_program_makes_a_site(tmp_path: Path) -> None:
    world = make_world()
    with RecordWriter(tmp_path / "story.db", Run("0.1", "fake 1.0", "tables")) as writer:
        for reading in world.readings:
            writer.add(reading)
        writer.replace_linked(world.linked)
    with open_record(tmp_path / "story.db") as record, record.snapshot():
        build_site(record, tmp_path / "site")
    pages = read_site(tmp_path / "site")
    assert check_links(tmp_path / "site", pages) > 100
    for reading in world.readings:
        shown = page_of(pages, reading.document).find("div", class_="text")
        assert "".join(element.text for element in shown) == reading.document.text


# --- the folder -----------------------------------------------------------------------------------


def test_a_site_of_ours_is_replaced(tmp_path: Path, empty_record: FakeRecord) -> None:
    build_site(rich_record(), tmp_path / "site")
    build_site(empty_record, tmp_path / "site")
    assert not list((tmp_path / "site").glob("e/*"))
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


def test_a_folder_of_somebody_else_is_left_alone(tmp_path: Path, empty_record: FakeRecord) -> None:
    (tmp_path / "letters").mkdir()
    (tmp_path / "letters" / "dear.txt").write_text("Dear Ada")
    with pytest.raises(SettingsError, match=r"dear\.txt.*name another folder"):
        build_site(empty_record, tmp_path / "letters")
    assert (tmp_path / "letters" / "dear.txt").read_text() == "Dear Ada"


def test_a_file_put_into_a_site_of_ours_is_not_lost(tmp_path: Path, empty_record: FakeRecord) -> None:
    build_site(empty_record, tmp_path / "site")
    (tmp_path / "site" / "mine.txt").write_text("mine")
    with pytest.raises(SettingsError, match=r"mine\.txt"):
        build_site(empty_record, tmp_path / "site")
    assert (tmp_path / "site" / MARKER).is_file()


@pytest.mark.parametrize("kind", ["file", "link"])
def test_what_is_no_folder_is_left_alone(tmp_path: Path, empty_record: FakeRecord, kind: str) -> None:
    dest = tmp_path / "site"
    if kind == "file":
        dest.write_text("a file")
    else:
        (tmp_path / "elsewhere").mkdir()
        dest.symlink_to(tmp_path / "elsewhere")
    with pytest.raises(SettingsError, match="is not a folder"):
        build_site(empty_record, dest)


def test_an_old_site_outlives_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, empty_record: FakeRecord
) -> None:
    build_site(empty_record, tmp_path / "site")
    before = (tmp_path / "site" / "index.html").read_bytes()

    def full(self: Path, content: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space"):
        build_site(rich_record(), tmp_path / "site")
    assert (tmp_path / "site" / "index.html").read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["site"]


# --- in a browser ---------------------------------------------------------------------------------


def find_browser() -> str | None:
    return next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)


def open_in_browser(address: str, folder: Path) -> tuple[str, list[str], list[str]]:
    """What a page becomes in a browser, what the browser says of it, and what the page asks of the network."""
    browser, log = find_browser(), folder / "net.json"
    assert browser
    flags = [
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--enable-logging=stderr",
        "--v=0",
        "--dump-dom",
    ]
    blind = "--host-resolver-rules=MAP * ~NOTFOUND"
    command = [browser, *flags, blind, f"--user-data-dir={folder / 'profile'}", f"--log-net-log={log}", address]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60, check=True)
    # The browser has wishes of its own; those of a page carry the site of the page.
    asked = [line for line in log.read_text(errors="replace").splitlines() if '"network_isolation_key":"file:' in line]
    return done.stdout, [line for line in done.stderr.splitlines() if "CONSOLE" in line], asked


@pytest.mark.skipif(find_browser() is None, reason="no Chromium on this machine: pages are not opened in a browser")
def test_a_browser_opens_the_pages_from_disk_without_complaint(
    folder: Path, pages: dict[str, Element], tmp_path: Path
) -> None:
    for number, name in enumerate(["index.html", "e/eng-talks.html", f"d/{HOSTILE.id}.html"]):
        (tmp_path / str(number)).mkdir()
        page, complaints, asked = open_in_browser((folder / name).as_uri(), tmp_path / str(number))
        assert "Skip to the content" in page
        assert (complaints, asked) == ([], [])


@pytest.mark.skipif(find_browser() is None, reason="no Chromium on this machine: the check above is not checked")
def test_the_browser_would_tell(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text('<img src="http://127.0.0.1:9/x.png"><script>console.log("hello")</script>')
    _, complaints, asked = open_in_browser((tmp_path / "bad.html").as_uri(), tmp_path)
    assert complaints
    assert asked
