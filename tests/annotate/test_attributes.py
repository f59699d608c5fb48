"""What we look up of each token is what the pipeline as it was shipped says, its list of strings and all."""

from __future__ import annotations

import warnings

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

from communique.annotate.attributes import MENDED
from communique.annotate.language_model import LanguageModel, find_language_model

WORDS = """
    All y'all gonna got gotta have let lets let's ain't C'mon There there's is are was were talks ministers in Lisbon on
    na ta y n't not said left leaves leaving signed better best worst data criteria geese men 27 , . “ ” Ruiz-Roe
    U.S. zzyzx
""".split()  # noqa: SIM905
SENTENCES = (
    "There is hope, said the ministers: y'all ain't gonna leave. Let's go, all of you. C'mon.",
    "All were there. They had got to leave; they gotta sign. It was the envoy who let it lapse.",
    "Weber's lawyers, whose 1,200-page filings were better than most, hadn't met Novak in Lisbon (2031).",
)


@pytest.fixture(scope="module")
def shipped() -> Language:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return spacy.load(find_language_model().folder, exclude=["senter"])


def describe(tokens: Doc) -> list[tuple[str, ...]]:
    return [
        (t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.head.text, t.ent_type_, t.norm_, t.shape_)
        for t in tokens
    ]


@pytest.mark.parametrize("text", SENTENCES)
def test_sentences(text: str, shipped: Language, language_model: LanguageModel) -> None:
    (tokens,) = language_model.pipe([text], 16)
    assert describe(tokens) == describe(shipped(text))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join), max_size=9))
def test_any_words_in_any_order(texts: list[str], shipped: Language, language_model: LanguageModel) -> None:
    found = language_model.pipe(texts, 16)
    assert [describe(tokens) for tokens in found] == [describe(tokens) for tokens in shipped.pipe(texts)]


def test_the_few_lemmas_that_are_mended(shipped: Language, language_model: LanguageModel) -> None:
    text = "They hoped that it would be rated."
    (tokens,) = language_model.pipe([text], 16)
    theirs = {token.text: token.lemma_ for token in shipped(text)}
    assert {t.text: t.lemma_ for t in tokens if t.lemma_ != theirs[t.text]} == {
        word: MENDED[word] for word in ("hoped", "rated")
    }
