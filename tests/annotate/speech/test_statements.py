"""Statements: source, cue and content as they are marked in the text."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from communique.annotate.language_model import LanguageModel
from communique.model import PartKind, Polarity, StatementForm
from tests.annotate.speech.marked import read_marks, say

# One statement each; several contents of one statement are marked one by one.
ONE = [
    # a clause behind the verb
    "{source:Lavrov} {cue:said} {content:talks would resume in the spring}.",
    "{source:The foreign minister} {cue:announced} {content:that the embassy would reopen}.",
    "{source:Experts} {cue:believe} {content:the ceasefire will hold}.",
    "On Monday {source:the spokeswoman} {cue:told} reporters {content:that no date had been set}.",
    # a clause before it, or around it
    "{content:The two sides remain far apart}, {source:the mediator} {cue:said}.",
    # direct speech
    "{content:“We are ready to talk,”} {cue:said} {source:Anna Weber}, the Austrian envoy.",
    "{source:Weber} {cue:added}: {content:“There is no alternative to a settlement.”}",
    "{content:«The road is long»}, {source:Kerry} {cue:told} the Russian minister.",
    "{content:“It is late,”} {source:he} {cue:said}. {content:“Let us go on tomorrow.”}",
    "{content:''Nobody expected this,''} {source:Jones} {cue:said}.",
    # mixed
    "{source:Nuland} {cue:said} {content:that the meeting was moved “to save time.”}",
    "{source:Kerry} {cue:called} {content:the trip “overdue”}.",
    # phrases
    "{cue:According to} {source:the ministry}, {content:the delegation left on Sunday}.",
    "{content:The delegation left on Sunday}, {cue:according to} {source:the ministry}.",
    "{cue:In Weber’s opinion}, {content:the sanctions have failed}.",
    # refusing, accusing
    "{source:The spokesman} {cue:refused} {content:to comment on the report}.",
]


@pytest.mark.parametrize("marked", ONE)
def test_one_statement(marked: str, language_model: LanguageModel) -> None:
    text, marks = read_marks(marked)
    found = say(text, language_model)
    assert [[part.quote for part in statement.content] for statement in found] == [
        [words for label, words in marks if label == "content"]
    ]
    sources = [words for label, words in marks if label == "source"]
    if sources:
        assert found[0].source is not None
        assert sources[0] in (found[0].source.quote or "")
    cues = [words for label, words in marks if label == "cue"]
    assert found[0].cue is not None
    assert found[0].cue.quote == cues[0]


NONE = [
    "The so-called “reset” began in 2009.",
    "Kerry is expected to say that time is short.",
    "He may tell them that the talks are over.",
    "The visit was part of a “new beginning” in relations.",
    "The report will be published on Friday.",
    "The visit underscored that relations matter.",
]


@pytest.mark.parametrize("text", NONE)
def test_no_statement(text: str, language_model: LanguageModel) -> None:
    assert say(text, language_model) == []


def test_forms(language_model: LanguageModel) -> None:
    forms = [
        say(text, language_model)[0].form
        for text in (
            "Weber said the talks had failed.",
            "Weber said the talks were “a waste of time.”",
            "“The talks were a waste of time,” Weber said.",
        )
    ]
    assert forms == [StatementForm.INDIRECT, StatementForm.MIXED, StatementForm.DIRECT]


def test_polarity(language_model: LanguageModel) -> None:
    assert say("The spokesman declined to comment on the talks.", language_model)[0].polarity is Polarity.DECLINED
    assert say("Weber did not say that talks had failed.", language_model)[0].polarity is Polarity.NOT_SAID
    assert say("Neither minister said what would follow.", language_model)[0].polarity is Polarity.NOT_SAID
    assert say("Weber does not believe that the truce holds.", language_model)[0].polarity is Polarity.DENIED
    assert say("Weber denied that talks were under way.", language_model)[0].polarity is Polarity.DENIED


def test_a_pronoun_goes_on_with_the_last_speaker(language_model: LanguageModel) -> None:
    text = "“The talks were useful,” said Anna Weber.\n\nShe noted that Peter Novak would travel to Vienna."
    assert [s.source.name for s in say(text, language_model) if s.source] == ["Anna Weber", "Anna Weber"]


def test_each_paragraph_of_a_quotation_is_a_statement(language_model: LanguageModel) -> None:
    text = "Peter Novak said: “We came to listen.\n\n“We leave with a plan.”"
    found = say(text, language_model)
    assert [s.content[0].quote for s in found] == ["“We came to listen.", "“We leave with a plan.”"]
    assert [s.source.name for s in found if s.source] == ["Peter Novak", "Peter Novak"]


def test_a_paragraph_of_speech_has_the_speaker_before(language_model: LanguageModel) -> None:
    text = "“We came to listen,” said Peter Novak.\n\n“The other side did not expect us to stay for so long.”"
    assert [s.source.name for s in say(text, language_model) if s.source] == ["Peter Novak", "Peter Novak"]


def test_via_an_agency(language_model: LanguageModel) -> None:
    (found,) = say("“I am glad to meet you,” Anna Weber said, according to Interfax.", language_model)
    assert found.source is not None
    assert (found.source.name, [via.name for via in found.via]) == ("Anna Weber", ["Interfax"])


def test_via_a_speaker(language_model: LanguageModel) -> None:
    text = "“It was clear. Peter Novak stated that both sides want peace,” said Anna Weber."
    found = {s.source.name: [via.name for via in s.via] for s in say(text, language_model) if s.source}
    assert found == {"Anna Weber": [], "Peter Novak": ["Anna Weber"]}


def test_via_the_author_of_a_comment(language_model: LanguageModel) -> None:
    (found,) = say("Peter Novak said that the border was closed.", language_model, PartKind.COMMENT, "Eric")
    assert (found.part, [via.name for via in found.via]) == (PartKind.COMMENT, ["Eric"])


def test_a_headline_names_its_speaker(language_model: LanguageModel) -> None:
    (found,) = say("Novak: No breakthrough is expected", language_model, PartKind.TITLE)
    assert found.source is not None
    assert (found.source.quote, found.content[0].quote) == ("Novak", "No breakthrough is expected")


def test_a_transcript_names_its_speakers(language_model: LanguageModel) -> None:
    text = "MR. CARNEY: The president will travel to Sweden.\n\nMS. WEBER: Will he meet the king?"
    assert [s.source.quote for s in say(text, language_model) if s.source] == ["MR. CARNEY", "MS. WEBER"]


def test_an_addressee(language_model: LanguageModel) -> None:
    (found,) = say("Peter Novak told Anna Weber that the border was closed.", language_model)
    assert found.addressee is not None
    assert found.addressee.name == "Anna Weber"


def test_who_says_beside_who_says(language_model: LanguageModel) -> None:
    text = "Peter Novak said the inquiry goes on, while Anna Weber has said that it is over."
    found = say(text, language_model)
    assert [(s.source.name, s.content[0].quote) for s in found if s.source] == [
        ("Peter Novak", "the inquiry goes on"),
        ("Anna Weber", "that it is over"),
    ]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.text(alphabet=st.sampled_from("ab Said,.\"“”«»'’:;-\n\u00a0é😀Kerry"), min_size=1, max_size=120).filter(
        lambda text: text.strip()
    )
)
def test_any_text_is_survived_and_quoted_truly(text: str, language_model: LanguageModel) -> None:
    for statement in say(text, language_model):
        assert statement.content
        for part in statement.content:
            assert text[part.start : part.end] == part.quote


def test_who_writes_a_comment_is_not_he(language_model: LanguageModel) -> None:
    found = say(
        "Eric Dale is wrong. He said that the border was closed.", language_model, PartKind.COMMENT, "Eric Dale"
    )
    assert [said.source.entity for said in found if said.source] == [None]
