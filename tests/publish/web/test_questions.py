"""Ten questions on the founding corpus, answered by clicking only, from the overview; docs/serve.md has the table.

Skipped where the corpus is not beside the project.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page

import communique
from tests.publish.web.conftest import Served, serving
from tests.publish.web.test_browser import CHROMIUM, browser, enter

__all__ = ["browser"]
SEEDS = next((found for parent in Path(__file__).parents if (found := parent / "shared" / "seeds").is_dir()), None)
MOST_CLICKS = 4
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(SEEDS is None, reason="the founding corpus is not beside the project"),
    pytest.mark.skipif(CHROMIUM is None, reason="no Chromium on this machine: pages are not opened in one"),
]
# What is clicked, by its words: the first in the sections of the site, the others on the page; and what is then read.
WAYS = {
    "when and how long was the visit": (["Chronology", "Visit of John Kerry to Moscow"], ["7–8 May 2013", "two-day"]),
    "where did they first meet, and why there": (
        ["Chronology", "Kerry and Lavrov meet in Berlin"],
        ["Berlin", "a Tuesday", "to get it early on the calendar"],
    ),
    "the programme": (["Chronology", "Visit of John Kerry to Moscow"], ["Dinner of Lavrov", "Spaso House", "Putin"]),
    "what was left out, who says so": (["Silences"], ["Magnitsky List", "Fyodor Lukyanov", "sanctions"]),
    "what was agreed on Syria": (["Commitments"], ["a new international conference on Syria", "4 ¶5"]),
    "measures and counter-measures": (["Measures"], ["retaliatory blacklist", "banned U.S. adoptions", "April 2013"]),
    "her roles": (
        ["Names", "People", "Victoria Nuland"],
        ["Spokeswoman", "Assistant Secretary of State", "27 March 2016"],
    ),
    "when did the evening end": (["Conflicts"], ["well past midnight", "shortly before midnight"]),
    "what did he forecast": (["Forecasts", "Mark Katz"], ["minimal", "partly", "It didn’t work"]),
    "through whom does it reach us": (
        ["Statements", "through BBC"],
        ["We have not hidden that we supply weapons", "Eric J.", "17 May 2013"],
    ),
}


@pytest.fixture(scope="module")
def founding(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    assert SEEDS is not None
    path = tmp_path_factory.mktemp("seeds") / "seeds.db"
    communique.build([SEEDS], path)
    with serving(path, "Seeds", who="Kim") as room:
        yield room


@pytest.fixture(scope="module")
def page(browser: object, founding: Served) -> Page:
    return enter(browser, founding)  # type: ignore[arg-type]


@pytest.mark.parametrize("question", WAYS)
def test_a_question_is_answered_by_clicking(page: Page, founding: Served, question: str) -> None:
    clicked, read = WAYS[question]
    page.goto(f"{founding.root}/")
    for number, words in enumerate(clicked):
        where = "nav[aria-label=Sections] a" if number == 0 else "main a"
        page.locator(where, has_text=words).first.click()
        page.wait_for_load_state()
    shown = " ".join(page.locator("main").inner_text().split()).replace("\N{NO-BREAK SPACE}", " ")
    assert [words for words in read if words not in shown] == []
    assert len(clicked) <= MOST_CLICKS
