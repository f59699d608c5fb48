"""Every kind of page is valid HTML: html5lib, which follows the standard to the letter, finds no fault.

With COMMUNIQUE_VNU=vnu.jar (the Nu Html Checker, npm package vnu-jar) that judges the pages, too: it also knows which
element may stand in which.
"""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import html5lib  # type: ignore[import-untyped]
import pytest

from tests.publish.web.conftest import Served
from tests.publish.web.test_pages import rich

__all__ = ["rich"]  # the record with hostile names and texts
VNU = os.environ.get("COMMUNIQUE_VNU")
MOST_OF_A_KIND = 12
# The standard calls "&#13;" an error and says what it is: the only way to keep a text that has one as it is stored.
CARRIAGE_RETURN = {"charAsInt": 13}


@pytest.fixture(scope="module")
def bodies(rich: Served) -> dict[str, bytes]:
    """Pages by address: all lists that are linked, and some of each kind of thing."""
    found: dict[str, bytes] = {}
    waiting, kinds = ["/enter", "/nothing", "/"], dict.fromkeys("enrdp?", 0)
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        kind = "?" if "?" in path else path.split("/")[1] if path.count("/") > 1 else ""
        if kind:
            kinds[kind] += 1
            if kinds[kind] > MOST_OF_A_KIND:
                continue
        found[path] = rich.ask(path)[2]
        for link in re.findall(rb'<a [^>]*href="([^"#]+)', found[path]):
            to = urlsplit(urljoin(path, link.decode().replace("&amp;", "&")))
            if not to.netloc and not to.path.endswith((".json", ".csv")):
                waiting.append(to.path + (f"?{to.query}" if to.query else ""))
    return found


def test_all_kinds_are_among_them(bodies: dict[str, bytes]) -> None:
    kinds = {path.split("/")[1] for path in bodies if path.count("/") > 1}
    assert kinds == {"e", "n", "r", "d", "p"}
    lists = {path.strip("/").partition("?")[0] for path in bodies}
    assert {"", "chronology", "names", "statements", "agenda", "silences", "conflicts", "sources", "history"} <= lists


def test_every_page_is_valid_html(bodies: dict[str, bytes]) -> None:
    faults = []
    for path, body in bodies.items():
        parser = html5lib.HTMLParser()
        parser.parse(body.decode("utf-8"))
        faults += [(path, place, fault, about) for place, fault, about in parser.errors if about != CARRIAGE_RETURN]
    assert faults == []


@pytest.mark.skipif(VNU is None, reason="COMMUNIQUE_VNU names no Nu Html Checker")
def test_the_nu_checker_finds_no_fault(bodies: dict[str, bytes], tmp_path: Path) -> None:
    names = {}
    for number, (path, body) in enumerate(bodies.items()):
        names[f"{number}.html"] = path
        (tmp_path / f"{number}.html").write_bytes(body)
    command = ["java", "-jar", str(VNU), "--format", "gnu", "--errors-only", *(str(tmp_path / name) for name in names)]
    told = subprocess.run(command, capture_output=True, text=True, check=False).stderr
    faults = [line for line in told.splitlines() if "carriage return" not in line]
    assert faults == [], names
