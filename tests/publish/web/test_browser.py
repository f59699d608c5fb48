"""The reading room in a real browser: read, search, review by keyboard, merge, disagree, build again; and axe-core.

Skipped where there is no Chromium. Pictures go to the folder that COMMUNIQUE_PICTURES names, if it is set.
"""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

import communique
from communique.decisions import Action, Draft, decide, history
from communique.record.reader import open_record
from communique.record.verify import verify
from tests.publish.web.conftest import TOKEN, Served, serving

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
PICTURES = os.environ.get("COMMUNIQUE_PICTURES")
EXAMPLES = Path(__file__).parents[3] / "examples" / "reports"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: pages are not opened in one")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def room(example_record: Path, tmp_path: Path) -> Iterator[Served]:
    """A room of its own for each test, so that they do not see each other's decisions."""
    path = tmp_path / "examples.db"
    shutil.copy(example_record, path)
    with serving(path, "Examples") as served:
        yield served
        leave()


@pytest.fixture(scope="module")
def still(example_record: Path) -> Iterator[Served]:
    """A room in which nothing is decided."""
    with serving(example_record, "Examples", who="Kim") as served:
        yield served


def enter(browser: Browser, room: Served, who: str = "Kim", **options: Any) -> Page:
    """A new visitor, who has come in by the printed address. What the browser complains of is in `complaints`."""
    context = browser.new_context(**options)
    VISITORS.append(context)
    context.add_init_script(f"try {{ localStorage.setItem('communique-who', {json.dumps(who)}) }} catch {{}}")
    page = context.new_page()
    page.set_default_timeout(15_000)
    watch(context)
    page.goto(f"{room.root}/enter#{TOKEN}")
    page.wait_for_url(f"{room.root}/")
    return page


VISITORS: list[BrowserContext] = []


def leave() -> None:
    """Closes all pages, before the server goes away under one that still asks."""
    while VISITORS:
        VISITORS.pop().close()


def watch(context: BrowserContext) -> None:
    """No page may ask for anything that is not ours, or complain."""

    def refuse(route: Any) -> None:
        raise AssertionError(f"a request for {route.request.url}")

    context.route(re.compile(r"^(?!http://127\.0\.0\.1:\d+/)"), refuse)
    context.on("console", lambda message: fail_on(message.type, message.text))
    context.on("weberror", lambda error: fail_on("error", str(error.error)))


COMPLAINTS: list[str] = []


def fail_on(kind: str, words: str) -> None:
    if kind == "error" and "409" not in words and "422" not in words:
        COMPLAINTS.append(words)


@pytest.fixture(autouse=True)
def silent() -> Iterator[None]:
    COMPLAINTS.clear()
    yield
    assert COMPLAINTS == []


def picture(page: Page, name: str) -> None:
    if PICTURES:
        Path(PICTURES).mkdir(parents=True, exist_ok=True)
        page.screenshot(path=f"{PICTURES}/{name}.png")


def first(record: Path, noun: str, **wanted: object) -> dict[str, Any]:
    with open_record(record) as opened:
        return next(row for row in opened.rows(noun) if all(row[name] == value for name, value in wanted.items()))


# --- reading --------------------------------------------------------------------------------------


def test_a_claim_is_read_down_to_its_passage(browser: Browser, still: Served) -> None:
    page = enter(browser, still)
    page.click("nav >> text=Chronology")
    page.locator("ol.chronology .title a").first.click()
    page.wait_for_load_state()
    button = page.locator("a.passage").first
    button.focus()
    page.keyboard.press("Enter")
    panel = page.locator("dialog.panel")
    panel.wait_for()
    words = panel.locator("mark.here").inner_text()
    picture(page, "passage")
    assert page.evaluate("document.activeElement.id") == "panel-title"
    panel.locator("text=Open in the document").click()
    page.wait_for_url(re.compile(r"/d/doc-\w+#c\d+-\d+$"))
    place = page.evaluate("document.getElementById(location.hash.slice(1)).textContent")
    assert words.split()[0] in place
    assert page.evaluate("document.querySelector(':target').getBoundingClientRect().top") < 900
    page.go_back()
    page.locator("a.passage").first.click()
    panel.wait_for()
    page.keyboard.press("Escape")
    assert panel.count() == 0
    assert "passage" in page.evaluate("document.activeElement.className")


def test_what_was_said_is_searched_and_narrowed(browser: Browser, still: Served) -> None:
    page = enter(browser, still)
    page.keyboard.press("/")
    page.keyboard.type("the")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/statements"))
    all_found = page.locator("article.statement").count()
    assert all_found
    page.locator("dl.facets a", has_text="paraphrase").first.click()
    page.wait_for_url(re.compile("form="))
    assert "q=the" in page.url
    assert 0 < page.locator("article.statement").count() <= all_found
    picture(page, "search")


def test_reading_needs_no_script(browser: Browser, still: Served) -> None:
    context = browser.new_context(java_script_enabled=False, extra_http_headers={"Authorization": f"Bearer {TOKEN}"})
    page = context.new_page()
    page.goto(f"{still.root}/chronology")
    page.locator("ol.chronology .title a").first.click()
    page.locator("a.passage").first.click()
    page.wait_for_url(re.compile(r"/p/doc-"))
    assert page.locator("mark.here").inner_text()
    assert page.locator("button:visible", has_text="Accept").count() == 0
    context.close()


# --- deciding -------------------------------------------------------------------------------------


def open_longest(page: Page, room: Served) -> str:
    """The document with most proposals."""
    with open_record(room.record) as record:
        found = record.query("SELECT document FROM statements GROUP BY document ORDER BY count(*) DESC, document")
    page.goto(f"{room.root}/d/{found[0][0]}")
    return str(found[0][0])


def status(page: Page) -> str:
    return str(page.locator("p.said").inner_text())


def wait_for_status(page: Page, words: str) -> None:
    page.locator("p.said", has_text=words).wait_for(state="attached")


def test_twenty_proposals_are_reviewed_by_keyboard_alone(browser: Browser, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    said = [f"Ada Holm, the minister of Norland, said that port {number} was safe." for number in range(101, 125)]
    (tmp_path / "in" / "ports.txt").write_text("The ports of Norland\n\n" + "\n\n".join(said) + "\n")
    communique.build([tmp_path / "in"], tmp_path / "ports.db")
    with serving(tmp_path / "ports.db") as room:
        review_twenty(browser, room)


def review_twenty(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    open_longest(page, room)
    page.keyboard.press("r")
    wait_for_status(page, "to review")
    total = int(status(page).split()[0])
    assert total >= 20
    seen: list[str] = []
    for number in range(20):
        seen.append(page.evaluate("document.activeElement.dataset.row"))
        key, words = (("a", "accepted"), ("u", "unsure"), ("x", "rejected"))[number % 3]
        page.keyboard.press(key)
        if key == "x":
            page.locator("dialog.ask").wait_for()
            page.keyboard.type("2")
            page.keyboard.press("Enter")
        wait_for_status(page, f"{words}, {total - number - 1} left")
        if number == 8:
            picture(page, "review")
    assert len(set(seen)) == 20
    with open_record(room.record) as record:
        log = history(record)
        assert [entry.decision.action for entry in log[:3]] == [Action.ACCEPT, Action.UNSURE, Action.REJECT]
        assert [entry.decision.subject for entry in log] == seen
        assert {entry.decision.who for entry in log} == {"Kim"}
        assert {entry.decision.why for entry in log if entry.decision.action == Action.REJECT} == {"wrong person"}
    page.keyboard.press("Control+z")
    wait_for_status(page, "undone")
    page.keyboard.press("Control+Shift+z")
    wait_for_status(page, "done again")
    with open_record(room.record) as record:
        assert len(history(record)) == 22
        assert record.query("SELECT count(*) FROM reviews") == [(20,)]
        assert verify(record).is_whole


def test_a_look_decides_nothing(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    open_longest(page, room)
    page.keyboard.press("a")  # outside the list, keys are not for it
    page.keyboard.press("r")
    for key in ("j", "j", "k", "Space", "ArrowDown", "ArrowUp"):
        page.keyboard.press(key)
    page.keyboard.press("e")
    page.locator("form.fields").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("x")
    page.locator("dialog.ask").wait_for()
    page.keyboard.press("Escape")
    page.keyboard.press("?")
    page.locator("dialog.ask dl.keys").first.wait_for()
    picture(page, "keys")
    page.keyboard.press("Escape")
    with open_record(room.record) as record:
        assert history(record) == []


@pytest.mark.parametrize(
    ("letter", "path"), [("a", "agenda"), ("h", "history"), ("d", "documents"), ("x", "conflicts")]
)
def test_the_letter_after_g_decides_nothing(browser: Browser, room: Served, letter: str, path: str) -> None:
    page = enter(browser, room)
    open_longest(page, room)
    page.keyboard.press("r")
    page.keyboard.press("g")
    wait_for_status(page, "Go to:")
    with page.expect_navigation():
        page.keyboard.press(letter)
    assert page.url == f"{room.root}/{path}"
    with open_record(room.record) as record:
        assert history(record) == []


def test_a_letter_after_g_that_leads_nowhere_decides_nothing(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    open_longest(page, room)
    page.keyboard.press("r")
    page.keyboard.press("g")
    page.keyboard.press("Shift")
    page.keyboard.press("u")
    wait_for_status(page, "No page has this letter")
    assert page.locator(".proposal .review:not(.proposed)").count() == 0
    page.keyboard.press("u")  # from here on, keys decide again
    wait_for_status(page, "unsure")


def test_history_is_told_in_place_and_undo_outlives_a_reload(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    open_longest(page, room)
    for key in ("r", "j", "j", "a"):
        page.keyboard.press(key)
    wait_for_status(page, "accepted")
    page.keyboard.press("k")
    here = page.evaluate("document.activeElement.dataset.row")
    page.keyboard.press("h")
    box = page.locator("dialog.ask")
    box.wait_for()
    assert "accepted by Kim" in box.inner_text()
    page.keyboard.press("Enter")  # the focus is on Close
    box.wait_for(state="detached")
    assert page.evaluate("document.activeElement.dataset.row") == here
    page.reload()
    assert page.evaluate("document.activeElement.dataset.row") == here  # and the place is kept
    page.goto(f"{room.root}/names")
    page.go_back()
    assert page.evaluate("document.activeElement.dataset.row") == here
    page.keyboard.press("Control+z")
    wait_for_status(page, "undone")
    assert states(room) == []
    page.goto(f"{room.root}/names")
    page.keyboard.press("Control+Shift+z")
    wait_for_status(page, "it stands on another page")
    assert states(room) == ["accepted"]


def test_a_row_noted_twice_is_accepted_at_both(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    script = """() => {
        const seen = {};
        for (const state of document.querySelectorAll('.notes .review'))
            seen[state.dataset.row] = (seen[state.dataset.row] || 0) + 1;
        return Object.keys(seen).find(row => seen[row] > 1);
    }"""
    for document in open_rows(room.record, "documents"):
        page.goto(f"{room.root}/d/{document['id']}")
        if row := page.evaluate(script):
            break
    assert row
    page.locator(f".proposal[data-row='{row}']").focus()
    page.keyboard.press("a")
    wait_for_status(page, "accepted")
    notes = page.locator(f".notes .review[data-row='{row}']")
    assert {notes.nth(n).inner_text() for n in range(notes.count())} == {"✓ accepted"}


def test_help_opens_on_close_and_single_keys_are_switched(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    open_longest(page, room)
    page.keyboard.press("?")
    box = page.locator("dialog.ask")
    box.wait_for()
    assert page.evaluate("document.activeElement.textContent") == "Close"
    assert "go there: to the first proposal" in box.inner_text()
    page.keyboard.press("Enter")
    box.wait_for(state="detached")
    page.keyboard.press("r")
    wait_for_status(page, "to review")
    page.locator("button.keys").click()
    box.locator("button", has_text="Switch single keys off").click()
    for key in ("r", "a", "g", "a", "?"):
        page.keyboard.press(key)
    page.wait_for_timeout(300)
    box.wait_for(state="detached")
    assert "/d/" in page.url
    assert states(room) == []
    page.locator("button.keys").click()  # the button does not depend on keys
    box.locator("button", has_text="Switch single keys on").click()
    page.keyboard.press("?")
    box.wait_for()


def test_a_name_is_found_and_decided_on_by_keys(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    page.goto(f"{room.root}/names")
    names = page.locator("ul.names > li > a").all_inner_texts()
    for key in "jjjk":
        page.keyboard.press(key)
    assert page.evaluate("document.activeElement.textContent") == names[1]
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/n/ent-"))
    page.keyboard.press("a")
    wait_for_status(page, "r goes there")
    assert states(room) == []
    page.keyboard.press("r")
    page.keyboard.press("a")
    wait_for_status(page, "accepted")
    assert states(room) == ["accepted"]


def test_a_date_is_edited(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    with open_record(room.record) as record:
        row = next(row for row in record.rows("engagements") if row["date"] and row["date"]["precision"] != "day")
    page.goto(f"{room.root}/e/{row['id']}")
    page.locator(".proposal.decide").focus()
    page.keyboard.press("e")
    field = page.locator("form.fields input[name=date]")
    field.wait_for()
    assert field.input_value() == row["date"]["edtf"]
    field.fill("not a day")
    page.keyboard.press("Control+Enter")
    wait_for_status(page, "is no date")
    assert "is no date" in page.locator("form.fields p:has(input[name=date]) + p.error").inner_text()
    assert page.locator(".toast:visible").count() == 0  # nothing lies over the form
    assert page.locator("form.fields").inner_text().count("ent-") == 0
    assert not re.match("ent-", page.locator("form.fields input[name=place]").input_value())
    field.fill("2001-02-03")
    picture(page, "edit")
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    assert "3 February 2001" in page.locator("header.entry").inner_text()
    facts = page.locator("dl.facts").inner_text()
    assert re.search(r"set by a person \(Kim, \d+ \w+ \d{4}\); found in the reports: .*\d", facts)
    assert page.locator("dl.facts dd").first.locator("a.passage").count()
    wait_for_status(page, "saved")
    assert "edited" in page.locator(".proposal.decide").inner_text()


def test_two_persons_are_merged_and_parted_again(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    with open_record(room.record) as record:
        people = [row for row in record.rows("entities") if row["kind"] == "person"]
    keep, other = people[0], people[1]
    page.goto(f"{room.root}/n/{keep['id']}")
    page.locator(".proposal.decide").focus()
    page.keyboard.press("m")
    page.locator("dialog.ask input[type=search]").fill(other["name"])
    page.locator(f"dialog.ask input[value='{other['id']}']").check()
    page.locator("dialog.ask p[role=status]", has_text="touch").wait_for(state="attached")
    picture(page, "merge")
    page.locator("dialog.ask button[value=yes]").click()
    page.locator("dialog.ask h2", has_text="speaks against it").wait_for()
    assert "first names differ" in page.locator("dialog.ask").inner_text()
    assert page.evaluate("document.activeElement.textContent") == "Cancel"
    with page.expect_navigation():
        page.locator("dialog.ask button[value=yes]").click()
    page.wait_for_load_state()
    assert other["name"] in page.locator("header.entry").inner_text()
    with page.expect_navigation():
        page.keyboard.press("Control+z")
    wait_for_status(page, "undone (merged")
    with page.expect_navigation():
        page.keyboard.press("Control+Shift+z")
    wait_for_status(page, "done again")
    with open_record(room.record) as record:
        merged = len(record.rows("entities"))
    addresses = set()
    for id in (keep["id"], other["id"]):  # both addresses lead to what they are now
        page.goto(f"{room.root}/n/{id}")
        addresses.add(page.url)
    assert len(addresses) == 1
    page.goto(f"{room.root}/history")
    picture(page, "history")
    with page.expect_navigation():
        page.locator("button.undo").first.click()
    assert "undone" in page.locator("table.history").inner_text()
    with open_record(room.record) as record:
        assert len(record.rows("entities")) == merged + 1
        assert {keep["id"], other["id"]} <= {row["id"] for row in record.rows("entities")}


def test_the_second_of_two_writers_sees_both_versions(browser: Browser, room: Served) -> None:
    row = first(room.record, "statements", form="indirect")
    page = enter(browser, room)
    page.goto(f"{room.root}/r/{row['id']}")
    page.locator(".proposal.decide").focus()
    page.keyboard.press("e")
    page.locator("form.fields select[name=form]").select_option("mixed")
    decide(room.record, Draft(Action.EDIT, row["id"], {"polarity": "denied"}), "Ola")
    page.locator("form.fields button", has_text="Save").click()
    box = page.locator("dialog.ask")
    box.wait_for()
    assert "Ola" in box.inner_text()
    assert "form\tindirect\tmixed" in box.inner_text()
    picture(page, "conflict")
    with page.expect_navigation():
        box.locator("button[value=mine]").click()
    now = first(room.record, "statements", id=row["id"])
    assert (now["form"], now["polarity"]) == ("mixed", "denied")
    with open_record(room.record) as record:
        assert [entry.decision.who for entry in history(record)] == ["Ola", "Kim"]


def test_words_grow_by_keyboard(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    document = open_longest(page, room)
    row = page.evaluate(
        "[...document.querySelectorAll('.proposal[data-start]')].find(e => e.dataset.row.startsWith('stm')).dataset.row"
    )
    before = first(room.record, "statements", id=row)["content"][0]
    page.locator(f".proposal[data-row='{row}']").first.focus()
    page.keyboard.press("[")
    page.locator(".grown").wait_for()
    page.keyboard.press("[")
    page.wait_for_timeout(300)
    page.keyboard.press("Enter")
    wait_for_status(page, "words changed")
    with open_record(room.record) as record:
        text = record.document(document).text
    after = first(room.record, "statements", id=row)["content"][0]
    assert after["end"] == before["end"]
    assert len(text[after["start"] : before["start"]].split()) == 2
    assert after["quote"] == text[after["start"] : after["end"]]


def test_a_row_is_made_of_selected_words_behind_a_picture(browser: Browser, tmp_path: Path) -> None:
    """Browsers count in UTF-16: what stands behind an emoji and a combining mark must still be the words selected."""
    folder = tmp_path / "in"
    folder.mkdir()
    text = "Ministers in Lisbon 📰🇵🇹 e\u0301lan\n\nThe 🚀 minister will send the ships home by June.\n"
    (folder / "one.txt").write_text(text, encoding="utf-8")
    communique.build([folder], tmp_path / "one.db")
    with serving(tmp_path / "one.db") as room:
        page = enter(browser, room)
        document = open_only(page, room)
        page.evaluate(
            """words => {
                for (const block of document.querySelectorAll('.text')) {
                    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
                    while (walker.nextNode()) {
                        const start = walker.currentNode.data.indexOf(words);
                        if (start < 0) continue;
                        const range = document.createRange();
                        range.setStart(walker.currentNode, start);
                        range.setEnd(walker.currentNode, start + words.length);
                        getSelection().removeAllRanges();
                        getSelection().addRange(range);
                    }
                }
            }""",
            "ships home",
        )
        page.keyboard.press("n")
        box = page.locator("dialog.ask")
        box.wait_for()
        box.locator("select").select_option("commitments")
        box.locator("input[name=what]").fill("bring the ships home")
        box.locator("button[value=make]").click()
        wait_for_status(page, "made bring the ships home")
        made = [row for row in open_rows(room.record, "commitments") if row["what"] == "bring the ships home"]
        assert made[0]["evidence"] == [
            {
                "document": document,
                "start": text.index("ships home"),
                "end": text.index("ships home") + 10,
                "quote": "ships home",
            }
        ]


def open_only(page: Page, room: Served) -> str:
    document = open_rows(room.record, "documents")[0]["id"]
    page.goto(f"{room.root}/d/{document}")
    return str(document)


def open_rows(record: Path, noun: str) -> list[dict[str, Any]]:
    with open_record(record) as opened:
        return opened.rows(noun)


def test_decisions_are_there_after_a_build(browser: Browser, room: Served, tmp_path: Path) -> None:
    page = enter(browser, room)
    row = first(room.record, "statements")
    page.goto(f"{room.root}/r/{row['id']}")
    page.locator(".proposal.decide").focus()
    page.keyboard.press("a")
    wait_for_status(page, "accepted")
    more = tmp_path / "more"
    shutil.copytree(EXAMPLES, more)
    (more / "zz-more.txt").write_text("The minister of Norland met the minister of Ostria in Oslo on 3 June 2014.\n")
    communique.build([more], room.record)
    page.reload()
    assert "accepted" in page.locator(".proposal.decide").inner_text()
    assert "Reviewed: 1 of" in page.locator("header.site").inner_text()
    with open_record(room.record) as record:
        assert verify(record).is_whole


def test_a_room_for_reading_only_offers_no_decision(browser: Browser, example_record: Path) -> None:
    with serving(example_record, is_held=True) as held:
        page = enter(browser, held)
        open_longest(page, held)
        assert page.locator("#start").count() == 0
        headers = {"Content-Type": "application/json", "Origin": held.root}
        subject = first(example_record, "statements")["id"]
        body = json.dumps({"action": "accept", "subject": subject, "who": "Kim"}).encode()
        assert held.ask("/decisions", "POST", headers, body)[0] == 403
        assert open_rows(example_record, "decisions") == []


# --- for everybody --------------------------------------------------------------------------------


def kinds_of_pages(record: Path) -> list[str]:
    paths = ["/", "/enter", "/nothing"]
    sections = "chronology names statements agenda commitments forecasts measures conflicts silences documents sources"
    paths += [f"/{name}" for name in [*sections.split(), "history", "problems", "about"]]
    for noun, prefix in (("engagements", "e"), ("entities", "n"), ("documents", "d"), ("statements", "r")):
        paths.append(f"/{prefix}/{open_rows(record, noun)[0]['id']}")
    for noun in ("agenda", "forecasts", "comparisons", "commitments", "measures"):
        rows = open_rows(record, noun)
        paths += [f"/r/{rows[0]['id']}"] if rows else []
    place = open_rows(record, "statements")[0]["content"][0]
    return [*paths, f"/p/{place['document']}/{place['start']}-{place['end']}"]


@pytest.mark.parametrize(
    ("scheme", "width"),
    [
        pytest.param("light", 1280, id="light", marks=pytest.mark.slow),
        pytest.param("dark", 1280, id="dark", marks=pytest.mark.slow),
        pytest.param("light", 320, id="narrow", marks=pytest.mark.slow),
    ],
)
def test_axe_finds_no_fault(browser: Browser, still: Served, scheme: str, width: int) -> None:
    page = enter(browser, still, color_scheme=scheme, viewport={"width": width, "height": 900})
    faults = []
    for path in kinds_of_pages(still.record):
        page.goto(still.root + path)
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa', 'best-practice']})"
        )
        faults += [
            (path, violation["id"], violation["nodes"][0]["html"][:160], violation["nodes"][0]["failureSummary"][:200])
            for violation in found["violations"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth")
        faults += [(path, "wide", str(wide), "")] if wide > width else []
    COMPLAINTS.clear()  # the page that is not there
    assert faults == []


def test_axe_finds_no_fault_while_reviewing(browser: Browser, still: Served) -> None:
    page = enter(browser, still)
    open_longest(page, still)
    for keys in (["r"], ["e"], ["Escape", "x"], ["Escape", "?"]):
        for key in keys:
            page.keyboard.press(key)
            page.wait_for_timeout(400)
        page.evaluate(AXE_SCRIPT)
        found = page.evaluate(f"axe.run(document, {{runOnly: {RULES}}})")
        assert [(v["id"], v["nodes"][0]["html"][:200]) for v in found["violations"]] == [], keys


def test_print_shows_every_row_of_the_chronology(browser: Browser, still: Served) -> None:
    page = enter(browser, still)
    page.goto(f"{still.root}/chronology?size=1000")
    rows = page.locator("ol.chronology > li").count()
    page.emulate_media(media="print")
    assert rows > 20
    assert page.locator("ol.chronology > li:visible").count() == rows
    assert page.locator("header.site nav:visible").count() == 0
    titles = [
        " ".join(words.split()) for words in page.locator("ol.chronology > li .title a:visible").all_inner_texts()
    ]
    assert len(titles) >= rows
    printed = pypdfium2.PdfDocument(page.pdf())
    assert len(printed) >= 2
    words = " ".join(" ".join(leaf.get_textpage().get_text_range() for leaf in printed).split())
    assert [title for title in titles if title not in words] == []


# --- many at once -----------------------------------------------------------------------------------


def states(room: Served) -> list[str]:
    with open_record(room.record) as record:
        return [str(state) for (state,) in record.query("SELECT state FROM reviews")]


def test_all_proposals_of_a_document_are_accepted_and_taken_back(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    open_longest(page, room)
    page.locator("button.all").click()
    box = page.locator("dialog.ask")
    box.wait_for()
    number = int(box.locator("button[value=yes]").inner_text().split()[1])
    picture(page, "accept-all")
    box.locator("button[value=yes]").click()
    wait_for_status(page, f"{number} accepted")
    assert states(room) == ["accepted"] * number
    assert page.locator(".proposal[data-start] .review.accepted").count() == number
    page.locator(".toast button", has_text="Undo").click()
    wait_for_status(page, "undone")
    assert states(room) == []
    assert page.locator(".proposal .review.accepted").count() == 0


def test_what_the_server_answers_in_plain_words_is_said(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    page.goto(f"{room.root}/statements?form=direct")
    page.route("**/decisions/all", lambda route: route.fulfill(status=200, content_type="text/plain", body="too much"))
    page.locator("button.all").click()
    page.locator("dialog.ask button[value=yes]").click()
    wait_for_status(page, "too much")
    assert page.locator("article.statement .review.accepted").count() == 0
    told = page.evaluate("ask('/decisions', { why: 'x'.repeat(70000) })")  # the server itself refuses that
    assert (told["ok"], told["status"]) == (False, 413)
    assert told["error"]
    assert len(COMPLAINTS) == 1  # of the browser, about that answer
    COMPLAINTS.clear()


def test_many_ids_are_sent_in_slices_and_an_error_tells_what_was_stored(browser: Browser, room: Served) -> None:
    page, sent = enter(browser, room), []

    def answer(route: Any) -> None:
        sent.append(route.request.post_data_json["subjects"])
        if len(sent) == 5:
            route.fulfill(status=403, content_type="text/plain", body="not here")
        else:
            found = sent[-1]
            route.fulfill(json={"decisions": found, "states": dict.fromkeys(found, "accepted"), "left": 1})

    page.route("**/decisions/all", answer)
    script = "askAll('/decisions/all', 'subjects', Array.from({ length: 2500 }, (_, n) => `stm-${n}`), { who: 'Kim' })"
    told = page.evaluate(script)
    assert [len(ids) for ids in sent] == [1000, 1000, 500]
    assert (told["ok"], len(told["decisions"]), len(told["states"]), told["left"]) == (True, 2500, 2500, 3)
    told = page.evaluate(script)
    assert (told["ok"], told["error"], len(told["decisions"])) == (False, "not here", 1000)
    assert len(COMPLAINTS) == 1  # of the browser, about that answer
    COMPLAINTS.clear()


def test_a_narrowed_list_is_accepted_and_history_takes_all_or_one_back(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    page.goto(f"{room.root}/statements?form=direct")
    shown = page.locator("article.statement").count()
    page.locator("button.all").click()
    with page.expect_navigation():
        page.locator("dialog.ask button[value=yes]").click()
    wait_for_status(page, f"{shown} accepted")
    assert page.locator("article.statement .review.accepted").count() == shown
    assert page.locator("button.all").count() == 0
    page.goto(f"{room.root}/history")
    assert page.locator("table.history tbody tr").count() == shown
    assert "stm-" not in page.locator("table.history").inner_text()  # rows are called by their words
    picture(page, "history-together")
    with page.expect_navigation():
        page.locator("button.undo", has_text="this one").last.click()
    assert states(room) == ["accepted"] * (shown - 1)
    with page.expect_navigation():
        page.locator("button.undo", has_text="Undo all").click()
    assert states(room) == []


def test_words_that_mean_somebody_else_are_split_off(browser: Browser, room: Served) -> None:
    page = enter(browser, room)
    with open_record(room.record) as record:
        people = [row for row in record.rows("entities") if row["kind"] == "person"]
        row = max(people, key=lambda row: len({mention["document"] for mention in row["mentions"]}))
    page.goto(f"{room.root}/n/{row['id']}")
    page.locator(".proposal.decide").focus()
    page.keyboard.press("s")
    boxes = page.locator("dialog.ask .candidates fieldset").last.locator("input")
    boxes.first.wait_for()
    for number in range(boxes.count()):
        boxes.nth(number).check()
    taken = boxes.count()
    picture(page, "split")
    with page.expect_navigation():
        page.locator("dialog.ask button[value=yes]").click()
    wait_for_status(page, "Split off")
    with open_record(room.record) as record:
        rows = {other["id"]: other for other in record.rows("entities")}
    new = page.url.rpartition("/")[2]
    assert len(rows[new]["mentions"]) == taken
    with page.expect_navigation():
        page.locator(".toast button", has_text="Undo").click()
    with open_record(room.record) as record:
        assert [other["mentions"] for other in record.rows("entities") if other["id"] == row["id"]] == [row["mentions"]]
