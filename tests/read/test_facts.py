"""What documents print of themselves."""

from __future__ import annotations

import pytest

from communique.model import Basis, Fact
from tests.read.layout import read

BODY = "Ministers Ana Ruiz and Ben Okafor met in Lisbon on Tuesday and talked.\n\nThey said no more on 5 May 2015."
TITLE = "A Dinner in Lisbon"


def value(fact: Fact | None) -> str | None:
    if fact is None:
        return None
    assert fact.basis is Basis.PRINTED
    assert fact.evidence is not None
    assert " ".join(fact.evidence.quote.split()) == fact.value
    return fact.value


def day(text: str) -> str | None:
    published = read(text).published
    if published is None:
        return None
    assert published.basis is Basis.PRINTED
    assert published.evidence
    return published.edtf


def test_a_text_that_prints_nothing_of_itself_leaves_all_unknown() -> None:
    document = read(BODY)
    facts = (document.title, document.author, document.publisher, document.url, document.published, document.language)
    assert facts == (None,) * 6


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("By Nora Whitfield", "Nora Whitfield"),
        ("BY NORA WHITFIELD", "NORA WHITFIELD"),
        ("By Nora Whitfield and Jack Dunn", "Nora Whitfield and Jack Dunn"),
        ("By Nora Whitfield, Diplomatic Correspondent", "Nora Whitfield"),
        ("By Nora Whitfield in Lisbon", "Nora Whitfield"),
        ("By\u00a0Nora\u00a0Whitfield | 4 March 2014", "Nora Whitfield"),
        ("Posted by Harold Finch", "Harold Finch"),
        ("Author: Harold Finch", "Harold Finch"),
        ("Vera LINDEN | 04.03.2014 | WORLD / Europe", "Vera LINDEN"),
        ("Nora Whitfield, 4 March 2014", "Nora Whitfield"),
        ("4 March 2014 - Nora Whitfield", "Nora Whitfield"),
        ("World News | 04.03.2014", None),
        ("European Commission, 4 March 2014", None),
        ("4 March 2014", None),
    ],
)
def test_authors(line: str, author: str | None) -> None:
    assert value(read(f"{TITLE}\n{line}\n\n{BODY}").author) == author


@pytest.mark.parametrize(
    ("line", "edtf"),
    [
        ("4 March 2014", "2014-03-04"),
        ("Tuesday, March 4, 2014 10:05 AM EST", "2014-03-04"),
        ("Published: March 4, 2014 | Updated: March 6, 2014", "2014-03-04"),
        ("Updated: March 6, 2014\nPublished: March 4, 2014", "2014-03-04"),
        ("Last updated March 6, 2014", "2014-03-06"),
        ("Vera LINDEN | 04.03.2014 | WORLD", "2014-03-04"),
        ("By Nora Whitfield, 4 March 2014", "2014-03-04"),
        ("04/03/2014", "[2014-03-04,2014-04-03]"),
        ("By Nora Whitfield", None),
        ("Lisbon, 4 March 2014", "2014-03-04"),
        ("*The Harbour Courier* - 4 March 2014, 14:05 GMT", "2014-03-04"),
        ("The Road to Geneva: 30 June 2012", None),
        ("Talks in Geneva, 30 June 2012", None),
    ],
)
def test_days_of_publication(line: str, edtf: str | None) -> None:
    assert day(f"{TITLE}\n{line}\n\n{BODY}") == edtf


def test_a_date_line_with_a_year_dates_a_report_without_a_byline() -> None:
    assert day(f"LISBON, March 4, 2014 (NL) -- {BODY}") == "2014-03-04"
    assert day(f"LISBON, March 4 (NL) -- {BODY}") is None


def test_a_notice_may_say_when_a_report_was_published() -> None:
    assert day(f"{TITLE}\n\n{BODY}\n\nThis article was originally published on 4 March 2014") == "2014-03-04"
    assert day(f"{TITLE}\n\n{BODY}\n\n© 2014 The Lantern Post. All rights reserved.") is None


@pytest.mark.parametrize("line", ["THE HILL POST — Opinion", "The Hill Post | Opinion", "THE HILL POST - WORLD"])
def test_an_outlet_above_its_section_is_no_place(line: str) -> None:
    document = read(f"{line}\n\n{TITLE}\n\nBy Nora Whitfield | 4 March 2014\n\n{BODY}")
    assert (value(document.publisher) or "").casefold() == "the hill post"
    assert value(document.title) == TITLE
    assert document.published is not None


@pytest.mark.parametrize(
    ("above", "below", "publisher"),
    [
        ("The Harbour Courier\n\n", "", "The Harbour Courier"),
        ("Support The Lantern Post!\n\n", "", "The Lantern Post"),
        ("", "© 2014 The Lantern Post. All rights reserved.", "The Lantern Post"),
        ("", "Copyright 2014 NL/NRK. All rights reserved.", "NL/NRK"),
        (
            "",
            'NL/NRK has been declared an "undesirable organization" by a court.\n\nTo find out more, click here.',
            "NL/NRK",
        ),
        (
            "",
            "We have a small favor to ask. The Lantern Post, an independent newspaper, needs your support.",
            "The Lantern Post",
        ),
        ("", "Subscribe to Meridian Today!", "Meridian Today"),
        ("", "Read more", None),
        ("Breaking News\n\n", "", None),
    ],
)
def test_outlets_name_themselves(above: str, below: str, publisher: str | None) -> None:
    assert value(read(f"{above}{TITLE}\n\n{BODY}\n\n{below}").publisher) == publisher


@pytest.mark.parametrize(
    "line",
    ["Source: The Harbour Courier", "By Nora Whitfield for The Harbour Courier", "The Harbour Courier, 4 March 2014"],
)
def test_bylines_name_outlets(line: str) -> None:
    assert value(read(f"{TITLE}\n{line}\n\n{BODY}").publisher) == "The Harbour Courier"


@pytest.mark.parametrize(
    "text",
    [
        f"{TITLE}\n\n4 March 2014\nAna Ruiz arrives. [Harbour Courier/Jack Dunn]\n\n{BODY}",
        f'{TITLE}\n\n{BODY}\n\n"We shall see," Ruiz told the Harbour Courier.',
        f"LISBON (Harbour Courier) -- {BODY}",
        f"{TITLE}\n\n{BODY}\n\nThe Harbour Courier was declared an undesirable organization, Ruiz said.\n\nShe wept.",
    ],
)
def test_outlets_that_are_credited_or_quoted_are_not_the_publisher(text: str) -> None:
    assert read(text).publisher is None


def test_titles() -> None:
    assert value(read(f"{TITLE}\n\n{BODY}").title) == TITLE
    assert value(read(f"# {TITLE}\n\n{BODY}").title) == TITLE
    assert value(read(f"Title: {TITLE}\n\n{BODY}").title) == TITLE
    assert value(read(f"A\u00a0Dinner in  Lisbon\n\n{BODY}").title) == TITLE


def test_addresses() -> None:
    assert value(read(f"https://example.org/a\n{TITLE}\n\n{BODY}").url) == "https://example.org/a"
    assert value(read(f"{TITLE}\nURL: https://example.org/a\n\n{BODY}").url) == "https://example.org/a"
    assert read(f"{TITLE}\n\n{BODY} See https://example.org/a.").url is None
