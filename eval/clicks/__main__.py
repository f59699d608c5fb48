"""``python -m eval.clicks QUESTIONS.json FOLDER``: are questions answered in the reading room by clicking only?

Builds the record of FOLDER, serves it on a loopback port, clicks in a browser for each question what `table.toml` names
for it, and looks whether the page then shows the facts of the answer.

QUESTIONS holds a list of objects with id, question and difficulty. The table speaks of the founding corpus.
"""

from __future__ import annotations

import argparse
import json
import secrets
import shutil
import sys
import tempfile
import threading
import time
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Error, Page, sync_playwright

import communique
from communique.publish.web.guard import make_door
from communique.publish.web.run import LOCAL, listen, make_server

TABLE = Path(__file__).with_name("table.toml")
MOST_CLICKS = 4
START_S = 20.0
WAIT_MS = 15_000


def main(arguments: Sequence[str] | None = None) -> int:
    """Prints a line a question, and how many are answered; 1 where one is not, or takes too many clicks."""
    options = _parse_options(arguments)
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if not options.questions.is_file() or not options.folder.is_dir():
        print(f"skipped: clicks ({options.questions} or {options.folder} is not there)")
        return 0
    if chromium is None:
        print("skipped: clicks (no Chromium on this machine)")
        return 0
    table = tomllib.loads(TABLE.read_text("utf-8"))
    questions = [found for found in json.loads(options.questions.read_text("utf-8")) if found["id"] in table]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as driver:
        record = Path(folder) / "clicks.db"
        communique.build([options.folder], record)
        with _serving(record) as (root, token):
            browser = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
            page = browser.new_page()
            page.set_default_timeout(WAIT_MS)
            page.goto(f"{root}/enter#{token}")
            page.wait_for_url(f"{root}/")
            right = sum([_show(question, table[question["id"]], page, root) for question in questions])
            browser.close()
    print(f"answered by at most {MOST_CLICKS} clicks: {right}/{len(questions)}")
    return int(right < len(questions))


def _parse_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m eval.clicks", description=(__doc__ or "").split("\n\n", 1)[0])
    parser.add_argument("questions", type=Path, help="questions, as JSON")
    parser.add_argument("folder", type=Path, help="the reports that they are about")
    return parser.parse_args(arguments)


@contextmanager
def _serving(record: Path) -> Iterator[tuple[str, str]]:
    """Serves a record until the block ends; gives its address and token."""
    listening, token = listen("127.0.0.1", 0), secrets.token_urlsafe(32)
    port = int(listening.getsockname()[1])
    server = make_server(record, make_door(LOCAL, port, token), {"title": "Clicks"})
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    deadline = time.monotonic() + START_S
    while not server.started:
        if time.monotonic() > deadline:
            raise TimeoutError("the server does not start")
        time.sleep(0.01)
    try:
        yield f"http://127.0.0.1:{port}", token
    finally:
        server.should_exit = True
        thread.join(timeout=10)


def _show(question: Mapping[str, Any], way: Mapping[str, list[str]], page: Page, root: str) -> bool:
    """Prints a question, its clicks, and what is not read on the page where they lead; is it answered?"""
    clicks = way["clicks"]
    try:
        missing = _find_missing(way, page, root)
    except Error as error:
        missing = [f"nothing: {error.message.splitlines()[0]}"]
    is_right = not missing and len(clicks) <= MOST_CLICKS
    word = "ok  " if is_right else "FAIL"
    print(f"{word} {question['id']} {question['difficulty']:6}  {len(clicks)}: {' › '.join(clicks)}")
    for words in missing:
        print(f"       not read: {words}")
    return is_right


def _find_missing(way: Mapping[str, list[str]], page: Page, root: str) -> list[str]:
    page.goto(f"{root}/")
    for number, words in enumerate(way["clicks"]):
        where = "nav[aria-label=Sections] a" if number == 0 else "main a, main summary"
        page.locator(where, has_text=words).first.click()
        page.wait_for_load_state()
    shown = " ".join(page.locator("main").inner_text().split()).replace("\N{NO-BREAK SPACE}", " ")
    return [words for words in way["reads"] if words not in shown]


if __name__ == "__main__":
    sys.exit(main())
