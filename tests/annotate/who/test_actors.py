"""Whom noun phrases denote, and what holds for any text."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import parse
from communique.annotate.who.actors import Actors, find_actors
from communique.model import EntityKind, MentionForm, Source, SourceKind
from tests.annotate.who.reading import find, make_document


def get_sources(actors: Actors, word: str) -> tuple[Source, ...]:
    """Whom the last phrase headed by a word denotes."""
    block, token = [(b, t) for b in actors.parsed.blocks for t in b.tokens if t.text == word][-1]
    return actors.sources(block, token)


@pytest.mark.parametrize(
    ("text", "word", "name", "kind", "quote"),
    [
        ("Foreign Minister Igor Antonov left.", "Antonov", "Igor Antonov", SourceKind.PERSON,
         "Foreign Minister Igor Antonov"),
        ("Igor Antonov came. He left.", "He", "Igor Antonov", SourceKind.PERSON, "He"),
        ("Foreign Minister Igor Antonov came. The minister left.", "minister", "Igor Antonov", SourceKind.PERSON,
         "The minister"),
        ("Moscow agreed.", "Moscow", "Moscow", SourceKind.GOVERNMENT, "Moscow"),
        ("Interfax reported it.", "Interfax", "Interfax", SourceKind.ORGANIZATION, "Interfax"),
        ("A senior official said so.", "official", "senior official", SourceKind.ANONYMOUS, "A senior official"),
        ("Several experts said so.", "experts", "Several experts", SourceKind.COLLECTIVE, "Several experts"),
        ("The ministry said so.", "ministry", "ministry", SourceKind.ORGANIZATION, "The ministry"),
        ("The report says so.", "report", "report", SourceKind.DOCUMENT, "The report"),
        ("The government says so.", "government", "government", SourceKind.GOVERNMENT, "The government"),
    ],
)  # fmt: skip
def test_one_source(
    text: str, word: str, name: str, kind: SourceKind, quote: str, language_model: LanguageModel
) -> None:
    (source,) = get_sources(find(text, language_model), word)
    assert (source.name, source.kind, source.quote) == (name, kind, quote)


@pytest.mark.parametrize(
    ("text", "word", "names"),
    [
        ("Igor Antonov and Ruth Baker met.", "Antonov", ["Igor Antonov", "Ruth Baker"]),
        ("Igor Antonov met Ruth Baker. They discussed trade.", "They", ["Igor Antonov", "Ruth Baker"]),
        ("Igor Antonov met Ruth Baker. The two talked for hours.", "two", ["Igor Antonov", "Ruth Baker"]),
        (
            "Foreign Minister Igor Antonov met Secretary of State Ruth Baker. Peter Dahl was there."
            " The foreign ministers discussed trade.",
            "ministers",
            ["Igor Antonov", "Ruth Baker"],
        ),
        # whose words they are is not among them
        ("Igor Antonov met Ruth Baker. Peter Dahl called both men tired.", "men", ["Igor Antonov", "Ruth Baker"]),
        # three: not certain
        ("Igor Antonov, Peter Dahl and Ruth Baker met. They discussed trade.", "They", ["They"]),
        ("Igor Antonov came. The ministers discussed trade.", "ministers", ["ministers"]),
    ],
)
def test_several_sources(text: str, word: str, names: list[str], language_model: LanguageModel) -> None:
    assert [source.name for source in get_sources(find(text, language_model), word)] == names


def test_a_place(language_model: LanguageModel) -> None:
    text = "They met in Kiev on Monday."
    actors = find(text, language_model)
    block = actors.parsed.blocks[0]
    token = next(token for token in block.tokens if token.text == "Kiev")
    place = actors.place(block, token)
    assert place is not None
    assert (place.name, place.territory, place.evidence[0].quote) == ("Kyiv", "UA", "Kiev")
    (mention,) = (mention for mention in actors.mentions if mention.quote == "Kiev")
    assert actors.referent(mention.entity).kind is EntityKind.PLACE


# --- what holds for any text ----------------------------------------------------------------------

WORDS = st.sampled_from(
    ["Igor Antonov", "Antonov", "he", "She", "the minister", "Foreign Minister", "President", "said", "met", "Mr.", "-",
     "his Russian counterpart", "in Oslo", "Oslo", "The Times", "“", "”", "’s", ",", ".", "and", "they", "both", "I",
     "al-Rashid", "Amb.", "😀", "e\u0301", "\n", "\n\n", "U.S.-Russia", "D-Md.", "Orion Corp.", "the two", "of", "to"]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=30).map(" ".join) | st.text(max_size=80)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_any_text_is_survived_and_every_mention_quotes_it(text: str, language_model: LanguageModel) -> None:
    document = make_document(text, comment="I doubt it 😀", by="Joe")
    actors = find_actors(parse(document, language_model))
    for mention in actors.mentions:
        assert document.text[mention.start : mention.end] == mention.quote
        assert actors.referents[mention.entity].kind is mention.kind
        assert mention.quote.strip()
    for referent in actors.referents.values():
        assert referent.name
        for evidence in (evidence for office in referent.offices for evidence in office.evidence):
            assert document.text[evidence.start : evidence.end] == evidence.quote
    for block in actors.parsed.blocks:
        for token in block.tokens:
            for source in actors.sources(block, token):
                assert source.start is not None
                assert document.text[source.start : source.end] == source.quote
                assert source.entity is None or source.entity in actors.referents


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=TEXTS)
def test_names_do_not_overlap_and_the_same_text_gives_the_same(text: str, language_model: LanguageModel) -> None:
    document = make_document(text)
    first, second = (find_actors(parse(document, language_model)) for _ in range(2))
    assert first.mentions == second.mentions
    assert first.referents == second.referents
    names = [mention for mention in first.mentions if mention.form is MentionForm.NAME]
    assert all(one.end <= other.start for one, other in pairwise(names))
