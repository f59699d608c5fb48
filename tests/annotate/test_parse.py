"""Paragraphs, parts and their offsets."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import get_texts, is_reported, parse
from communique.model import Document, Part, PartKind
from tests.annotate.who.reading import make_document

TEXTS = st.text(alphabet=st.sampled_from("aZ é’“”«»\u00a0\t\n\r.,-'\"\u0301😀\u200b漢3"), max_size=60)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_tokens_stand_where_they_say(text: str, language_model: LanguageModel) -> None:
    parsed = parse(make_document(text), language_model)
    assert len(parsed.folded) == len(text)
    for block in parsed.blocks:
        assert get_texts(block.tokens) == [token.text for token in block.tokens]
        for token in block.tokens:
            start, end = block.span(token)
            assert parsed.folded[start:end] == token.text
        if len(block.tokens):
            assert block.start <= block.span(block.tokens[:]).start <= block.span(block.tokens[:]).end <= block.end


@pytest.mark.parametrize(
    ("line", "is_heading"),
    [
        ("Minister Goes to Oslo After Long Dispute", True),
        ("The minister went to Oslo after a long dispute.", False),
        ("the minister went to Oslo after a long dispute", False),
        ("Oslo and Bergen:", False),
    ],
)
def test_lines_that_are_set_like_headlines(line: str, is_heading: bool, language_model: LanguageModel) -> None:
    (block,) = parse(make_document(line), language_model).blocks
    assert block.is_heading is is_heading


def test_a_paragraph_is_cut_where_a_part_ends(language_model: LanguageModel) -> None:
    text = "OSLO -- The minister left."
    parts = (Part(PartKind.DATELINE, 0, 7), Part(PartKind.BODY, 8, len(text)))
    blocks = parse(Document("d", "text.txt", "", text, parts=parts), language_model).blocks
    assert [(text[b.start : b.end], b.part.part) for b in blocks] == [
        ("OSLO --", PartKind.DATELINE),
        ("The minister left.", PartKind.BODY),
    ]


def test_comments_and_notices_are_not_the_report_s_own(language_model: LanguageModel) -> None:
    text = "Subscribe to our newsletter."
    for kind in PartKind:
        document = Document("d", "text.txt", "", text, parts=(Part(kind, 0, len(text)),))
        (block,) = parse(document, language_model).blocks
        assert is_reported(block) is (kind not in (PartKind.COMMENT, PartKind.NOTICE, PartKind.BYLINE))
