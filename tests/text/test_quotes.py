"""Quotation marks: the quotations expected stand beside the text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from communique.model import Span
from communique.text.quotes import find_quotes, has_mark
from communique.text.segment import find_paragraphs


def quotes_of(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotes(text, find_paragraphs(text)) if q.depth == 0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('He said "yes" and left.', ['"yes"']),
        ("He said “yes” and left.", ["“yes”"]),
        ("Он сказал «да» и ушёл.", ["«да»"]),
        ("»Ja«, sagte er.", ["»Ja«"]),
        ("„Ja“, sagte er.", ["„Ja“"]),
        ("''Yes,'' he said.", ["''Yes,''"]),
        ("‘Yes,’ he said.", ["‘Yes,’"]),
        ('"Yes," he said. "No."', ['"Yes,"', '"No."']),
        ("the ministers' talks and the envoys' visit", []),
        ("It's the minister's.", []),
        ('a 6" gun', []),
        ("", []),
    ],
)
def test_every_typography(text: str, expected: list[str]) -> None:
    assert quotes_of(text) == expected


def test_a_quotation_inside_another() -> None:
    text = "“They took the ‘open door’ away again,” she said."
    found = find_quotes(text, find_paragraphs(text))
    assert [(q.depth, text[q.inner.start : q.inner.end]) for q in found] == [
        (0, "They took the ‘open door’ away again,"),
        (1, "open door"),
    ]


def test_a_quotation_goes_on_in_the_next_paragraph() -> None:
    text = "She said: “We came.\n\n“We saw.”"
    first, second = find_quotes(text, find_paragraphs(text))
    assert (first.is_closed, first.continues, second.is_closed, second.continued) == (False, True, True, True)


def test_a_missing_mark_costs_one_paragraph() -> None:
    text = "She said: “We came.\n\nHe said: “We saw.” And left."
    assert quotes_of(text) == ["“We came.", "“We saw.”"]


def test_has_mark() -> None:
    assert has_mark('a "b" c', 3, 4)
    assert not has_mark('a "b" c', 0, 1)


@given(st.text(alphabet=st.sampled_from("ab ,.\n\"“”«»„'‘’`"), max_size=200))
def test_quotations_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    found = find_quotes(text, find_paragraphs(text))
    outer = [q for q in found if q.depth == 0]
    assert all(0 <= q.start <= q.inner.start <= q.inner.end <= q.end <= len(text) for q in found)
    assert all(a.end <= b.start for a, b in pairwise(outer))


def test_thousands_of_open_marks_cost_linear_time() -> None:
    text = "“a " * 20_000
    assert len(find_quotes(text, [Span(0, len(text))])) > 0
