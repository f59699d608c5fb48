"""Paragraphs of a text, and its folded form."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from communique.text.segment import MAX_PARAGRAPH, MAX_RUN, find_paragraphs, fold

LINES = st.lists(st.text(alphabet="ab .,\u00a0\t“”Z", max_size=120), max_size=12)


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in find_paragraphs(text)]


def test_a_line_is_a_paragraph() -> None:
    first = (
        "The two ministers met in Lisbon on Tuesday and spoke for more than an hour about fish, ships and the weather."
    )
    assert cut(f"\n  {first}  \n\n\nThey left.\u2028Nobody said why.\r\n") == [first, "They left.", "Nobody said why."]


def test_headings_and_short_lines_stay_apart() -> None:
    text = "Ministers Meet in Lisbon for an Hour on Tuesday\nBy Ana Gomes\n3 March 2014\n\nThey met. They left."
    assert cut(text) == [
        "Ministers Meet in Lisbon for an Hour on Tuesday",
        "By Ana Gomes",
        "3 March 2014",
        "They met. They left.",
    ]


def test_lines_wrapped_by_hand_are_one_paragraph() -> None:
    text = (
        "The two ministers met in Lisbon on Tuesday and spoke for more than an\n"
        "hour about fish, ships and the weather. Neither of them would say what\n"
        "had been agreed, and both of them left the city by air before it was\n"
        "dark.\n"
        "\n"
        "Nobody was told why.\n"
    )
    whole, last = cut(text)
    assert whole == text[: text.index("\n\n")]
    assert last == "Nobody was told why."


def test_editors_wrap_lines_at_more_than_a_hundred_characters() -> None:
    text = (
        "The two ministers met in Lisbon on Tuesday and spoke for more than an hour about fish and about ships, and\n"
        "Ana Gomes was not there. Neither of them would say what had been agreed, and both of them left the city by\n"
        "air before it was dark. Reporters who had waited in the rain were told that the next meeting would be in\n"
        "June.\n"
        "\n"
        "Nobody was told why.\n"
    )
    assert cut(text) == [text[: text.index("\n\n")], "Nobody was told why."]


def test_a_sentence_that_runs_on_in_lower_case_is_one_paragraph() -> None:
    text = "The two ministers met in Lisbon on Tuesday\nand left again."
    assert cut(text) == [text]


def test_a_headline_does_not_swallow_the_line_below() -> None:
    text = "Two Ministers Meet in Lisbon and Speak of Fish and of the Weather\nBy Ana Gomes\n\nThey met on Tuesday."
    assert cut(text)[1] == "By Ana Gomes"


def test_very_long_paragraphs_are_cut_at_a_sentence() -> None:
    text = "They met. " * 5_000
    pieces = cut(text)
    assert len(pieces) > 1
    assert all(len(piece) <= MAX_PARAGRAPH and piece.endswith(".") for piece in pieces)


@given(st.one_of(st.text(max_size=300), LINES.map("\n".join)))
def test_paragraphs_hold_all_but_white_space(text: str) -> None:
    spans = find_paragraphs(text)
    assert all(start < end for start, end in spans)
    assert all(upper.end <= lower.start for upper, lower in pairwise(spans))
    left = "".join(
        text[end:start]
        for end, start in zip([0, *(e for _, e in spans)], [*(s for s, _ in spans), len(text)], strict=True)
    )
    assert not left.strip()


@given(st.text(max_size=200))
def test_folding_keeps_every_place(text: str) -> None:
    assert len(fold(text)) == len(text)


def test_folding_makes_quotation_marks_and_blanks_plain() -> None:
    assert fold("«Yes»,\u00a0“no”,\t‘it’s’") == '"Yes", "no", \'it\'s\''


def test_folding_interrupts_endless_words() -> None:
    assert max(map(len, fold("x" * 2_000).split())) < MAX_RUN
