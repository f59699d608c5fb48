"""Plain texts into parts. Every report here is ours; the difficulties are those of real pages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import Document, PartKind, content_id
from communique.read.parts import find_parts
from tests.read.layout import kinds_of, parts_of, read, words_of

BODY = (
    "Ministers Ana Ruiz and Ben Okafor met in Lisbon on Tuesday and spoke for two hours about fish and tariffs.\n\n"
    "Neither side said what had been agreed."
)


def test_a_bare_sentence_is_body() -> None:
    assert parts_of("Ana Ruiz met Ben Okafor in Lisbon.") == [("body", "Ana Ruiz met Ben Okafor in Lisbon.")]


def test_the_head_of_a_report() -> None:
    text = (
        f"Two Ministers, One Dinner\n\nBy Nora Whitfield\nMarch 4, 2014\nThe ministers arrive at the castle\n\n{BODY}"
    )
    assert parts_of(text) == [
        ("title", "Two Ministers, One Dinner"),
        ("byline", "By Nora Whitfield\nMarch 4, 2014"),
        ("caption", "The ministers arrive at the castle"),
        ("body", BODY),
    ]


def test_a_byline_with_bars_and_a_title_printed_twice() -> None:
    title = "A Dinner in Lisbon: What Was It Worth?"
    text = f"{title}\nVera LINDEN | 04.03.2014 | WORLD / Europe\n\n{title}\n\n{BODY}\n\nTags: Portugal\u00a0 Fish"
    assert kinds_of(text) == ["title", "byline", "title", "body", "notice"]


def test_a_caption_with_a_credit() -> None:
    text = f"A Dinner in Lisbon\n\nMarch 4, 2014\nAna Ruiz visits Lisbon. [North Line/Jack Dunn]\n\n{BODY}"
    assert parts_of(text)[2] == ("caption", "Ana Ruiz visits Lisbon. [North Line/Jack Dunn]")


def test_a_caption_printed_twice_and_a_date_line() -> None:
    caption = "Ana Ruiz (left) and Ben Okafor last met at a meeting of ministers in Riga in May."
    text = f"A Dinner in Lisbon\n\n{caption}\n{caption}\nLISBON -- {BODY}"
    assert parts_of(text) == [
        ("title", "A Dinner in Lisbon"),
        ("caption", caption),
        ("caption", caption),
        ("dateline", "LISBON --"),
        ("body", BODY),
    ]


@pytest.mark.parametrize(
    ("words", "place"),
    [
        ("LISBON --", "LISBON"),
        ("LISBON —", "LISBON"),
        ("LISBON, March 4 (North Line) -", "LISBON"),
        ("LISBON, Portugal (NL) —", "LISBON, Portugal"),
        ("UNITED NATIONS (NL) --", "UNITED NATIONS"),
        ("ST. JOHN'S, N.L. –", "ST. JOHN'S, N.L."),
        ("Lisbon (North Line) –", "Lisbon"),
        ("Lisbon, 4 March 2014 (NL) -", "Lisbon"),
        ("(North Line) -", None),
    ],
)
def test_date_lines(words: str, place: str | None) -> None:
    document = read(f"{words} {BODY}")
    part = document.parts[0]
    assert (part.part, words_of(document, part), part.place) == (PartKind.DATELINE, words, place)


@pytest.mark.parametrize(
    "words",
    [
        "NATO -- the alliance of thirty states -- met",
        "Lisbon - the capital - waits",
        "U.S. - Russian talks began",
        "OSCE - Ministers met",
        "EXCLUSIVE - Ministers met",
        "Ana Ruiz — Who",
    ],
)
def test_what_is_no_date_line(words: str) -> None:
    assert kinds_of(f"{words} on Tuesday in a castle near the sea.") == ["body"]


def test_a_date_line_below_a_heading() -> None:
    text = f"A Dinner in Lisbon\n\nFish First\n\nLISBON -- {BODY}"
    assert parts_of(text)[1:] == [("body", "Fish First"), ("dateline", "LISBON --"), ("body", BODY)]


def test_a_date_line_with_a_year_is_dated() -> None:
    when = read(f"LISBON, March 4, 2014 (NL) -- {BODY}").parts[0].published
    assert when is not None
    assert when.edtf == "2014-03-04"
    assert when.evidence[0].quote == "March 4, 2014"


def test_section_headings_stay_in_the_body() -> None:
    text = f"A Dinner in Lisbon\n\n{BODY}\n\nAfter the Dinner\n\nThey went home.\n\nThe Morning\n\nThey met again."
    assert kinds_of(text) == ["title", "body"]


def test_furniture_before_and_after() -> None:
    text = (
        "Accessibility links\n\nBreaking News\n\nSupport The Lantern Post!\n\nA Dinner in Lisbon\n\n"
        f"{BODY}\n\nContact the author at\n\nRelated articles:\nA Lunch in Riga\nFish, Again\n\nRead more"
    )
    assert kinds_of(text) == ["notice", "title", "body", "notice"]


def test_an_appeal_and_a_legal_notice_at_the_end() -> None:
    text = (
        f'A Dinner in Lisbon\n\n{BODY}\n\nThe Lantern Post has been designated a "foreign agent" by a court.\n\n'
        "We, the journalists of The Lantern Post, go on reporting. We need your help.\n\n"
        "Your support, no matter how small, counts.\n\npayment methods\nRemind me later.\n"
    )
    assert kinds_of(text) == ["title", "body", "notice"]


def test_what_a_speaker_says_to_readers_is_no_appeal() -> None:
    text = f'A Dinner in Lisbon\n\n{BODY}\n\n"We need your support, and our journalists need it," Ruiz told them.'
    assert kinds_of(text) == ["title", "body"]


def test_a_law_on_foreign_agents_is_no_notice() -> None:
    text = f'{BODY}\n\nThe group was declared a "foreign agent" by the ministry last year.\n\nRuiz said it was wrong.'
    assert kinds_of(text) == ["body"]


def test_furniture_in_between() -> None:
    text = f"A Dinner in Lisbon\n\n{BODY}\n\nAdvertisement\n\nThey went on.\n\nRead more: A Lunch in Riga\n\nThey did."
    assert kinds_of(text) == ["title", "body", "notice", "body", "notice", "body"]


def test_comments_with_name_place_and_date() -> None:
    text = (
        f"A Dinner in Lisbon\n\nPosted by Harold Finch\nMarch 4, 2014\n\n{BODY}\n\nFor more information:\n\n\n"
        "Ruth D.\nCanada\nMarch 5, 2014\nA fine report. But what did they eat?\n\n"
        "Piet V.\nThe Netherlands\nMarch 17, 2014\n\nDear Mr. Finch,\n\n Fish, I should think.\n\n\nLatest Stories\n"
    )
    document = read(text)
    comments = [part for part in document.parts if part.part is PartKind.COMMENT]
    assert [(part.author, part.place, part.published and part.published.edtf) for part in comments] == [
        ("Ruth D.", "Canada", "2014-03-05"),
        ("Piet V.", "The Netherlands", "2014-03-17"),
    ]
    assert words_of(document, comments[1]).endswith("Fish, I should think.")
    assert [part.part.value for part in document.parts] == [
        "title",
        "byline",
        "body",
        "notice",
        "comment",
        "comment",
        "notice",
    ]


def test_comments_that_say_who_says() -> None:
    text = (
        f"A Dinner in Lisbon\n\n{BODY}\n\n2 Comments\n\nAna says:\nMarch 5, 2014 at 3:15 pm\nI do not believe it.\n\n"
        "Bo Li, March 6, 2014\nNor do I.\n\nLeave a Reply\nYour email address will not be published."
    )
    comments = [part for part in read(text).parts if part.part is PartKind.COMMENT]
    assert [(part.author, part.published and part.published.edtf) for part in comments] == [
        ("Ana", "2014-03-05"),
        ("Bo Li", "2014-03-06"),
    ]


def test_a_signature_is_no_comment() -> None:
    assert kinds_of(f"A Letter on Fish\n\n{BODY}\n\nAna Ruiz\nLisbon\nMarch 4, 2014") == ["title", "body"]


def test_names_of_sections_and_outlets_above_the_title() -> None:
    text = f"Home | World | Sport\nThe Evening Courier\nWorld\nA Dinner in Lisbon\n4 March 2014\n\n{BODY}"
    assert kinds_of(text) == ["notice", "title", "byline", "body"]


def test_a_summary_between_title_and_byline_is_body() -> None:
    text = f"A Dinner in Lisbon\n\nTwo ministers eat fish and say nothing.\n\nBy Nora Whitfield\n4 March 2014\n\n{BODY}"
    assert kinds_of(text) == ["title", "body", "byline", "body"]


def test_labelled_heads() -> None:
    text = f"Title: A Dinner in Lisbon\nAuthor: Nora Whitfield\nDate: 2014-03-04\nURL: https://example.org/a\n\n{BODY}"
    assert kinds_of(text) == ["title", "byline", "body"]


def test_speakers_of_a_transcript_are_no_comments() -> None:
    head = "Remarks in Lisbon\n\nTwo ministers spoke to the press.\n\nAna Ruiz\nLisbon\nMarch 4, 2014"
    text = f"{head}\n\nMR. LEE: Good evening."
    assert "comment" not in kinds_of(text)


WORDS = st.sampled_from(
    [
        BODY,
        "By Nora Whitfield",
        "4 March 2014",
        "Read more",
        "3 comments",
        "Ruth D.",
        "Canada",
        "LISBON --",
        "A Dinner in Lisbon",
        "Ana (left) smiles. [NL/Dunn]",
        "© 2014 The Lantern Post",
        "\u00a0",
        "",
        "x",
    ]
)


@given(st.one_of(st.text(max_size=400), st.lists(st.one_of(WORDS, st.text(max_size=20)), max_size=14).map("\n".join)))
def test_parts_cover_all_but_white_space_without_overlap(text: str) -> None:
    parts = find_parts(Document(content_id("doc", text), "a.txt", "", text))
    at, between = 0, ""
    for part in parts:
        assert at <= part.start < part.end <= len(text)
        assert text[part.start : part.end].strip()
        between += text[at : part.start]
        at = part.end
    assert not (between + text[at:]).strip()
