"""Whom pronouns and descriptions mean, as it is marked in the text; ``?`` where it must stay open."""

from __future__ import annotations

import pytest

from communique.annotate.clauses import find_quoted
from communique.annotate.language_model import LanguageModel
from communique.annotate.parse import parse
from communique.annotate.who.actors import find_actors
from communique.model import MentionForm
from tests.annotate.who.reading import find, get_meant, make_document, read_marks


def check(marked: str, model: LanguageModel) -> None:
    text, marks = read_marks(marked)
    actors = find(text, model)
    assert [get_meant(actors, span) or "?" for _, span in marks] == [label for label, _ in marks]


@pytest.mark.parametrize(
    "marked",
    [
        "Igor Antonov came to Oslo. {Igor Antonov:He} met Clara Meyer.",
        "Clara Meyer met Igor Antonov. {Clara Meyer:She} thanked {Igor Antonov:him}.",
        "Clara Meyer praised Anna Weber. {Clara Meyer:She} spoke of {Clara Meyer:her} visit.",
        # the other argument of the verb is somebody else
        "Igor Antonov spoke to Peter Dahl. Later Antonov thanked {Peter Dahl:him}.",
        # an opening phrase waits for the subject
        "Peter Dahl stayed at home. During {Igor Antonov:his} visit, Igor Antonov met students.",
        # who is quoted does not speak of himself
        "Igor Antonov came with Peter Dahl. “{Igor Antonov:He} is tired,” Dahl said.",
        # somebody without a name came between
        "Igor Antonov spoke first. A Danish official disagreed. {?:He} had been there.",
        "Igor Antonov spoke first. One of his advisers was sour. {?:He} left early.",
        "Igor Antonov praised a Danish official. {Igor Antonov:He} left early.",
        # whose it is was named in the same sentence
        "Igor Antonov spoke first. Norway is an ally of Peter Dahl, while Chile called for {Peter Dahl:his} removal.",
        # nobody of that gender
        "Igor Antonov came to Oslo. {?:She} was late.",
    ],
)
def test_pronouns(marked: str, language_model: LanguageModel) -> None:
    check(marked, language_model)


@pytest.mark.parametrize(
    "marked",
    [
        "Foreign Minister Igor Antonov came. {Igor Antonov:The minister} did not speak.",
        "Secretary of State Ruth Baker came. {Ruth Baker:The secretary} did not speak.",
        "Foreign Minister Igor Antonov met Secretary of State Ruth Baker. {Ruth Baker:The Secretary of State} smiled.",
        "Kremlin spokesman Oleg Sobol called. {Oleg Sobol:The spokesman} gave no date.",
        # another state's
        "Russian President Ivan Orlov called. {?:The French president} did not answer.",
        "Russian President Ivan Orlov met French President Luc Morel. {Luc Morel:The French president} smiled.",
        # two fit
        "Minister Igor Antonov and Minister Peter Dahl came. {?:The minister} did not speak.",
        # who held it once, who will, anybody
        "Former President Ivan Orlov came. {?:The president} was absent.",
        "Foreign Minister Igor Antonov came. {?:A minister} must travel.",
        "Foreign Minister Igor Antonov came. {?:The ministers} were absent.",
        # whose it is
        "President Ivan Orlov came. {?:His president} was absent.",
        # counterparts
        "Norwegian Foreign Minister Peter Dahl met Russian Foreign Minister Igor Antonov. Later Dahl thanked"
        " {Igor Antonov:his Russian counterpart}.",
        "Norwegian Foreign Minister Peter Dahl came. Dahl thanked {?:his Russian counterpart}.",
        # media
        "The talks failed, Interfax reported. {Interfax:The news agency} named no source.",
        "The talks failed, Interfax reported. {?:The space agency} was silent.",
    ],
)
def test_descriptions(marked: str, language_model: LanguageModel) -> None:
    check(marked, language_model)


def test_i_is_the_author_outside_quotation_marks(language_model: LanguageModel) -> None:
    text = "Rosa Klein\nI came to Riga on Monday. “I am tired,” Igor Antonov told me."
    actors = find_actors(parse(make_document(text, author="Rosa Klein"), language_model))
    meant = [(m.quote, actors.referents[m.entity].name) for m in actors.mentions if m.form is MentionForm.PRONOUN]
    assert meant == [("I", "Rosa Klein"), ("me", "Rosa Klein")]


def test_an_author_whom_only_a_manifest_names_is_a_referent(language_model: LanguageModel) -> None:
    actors = find_actors(parse(make_document("I came to Riga.", author="Rosa Klein"), language_model))
    assert next((m.quote, actors.referents[m.entity].name) for m in actors.mentions) == ("I", "Rosa Klein")


def test_i_in_a_comment_is_its_author_and_comments_know_only_themselves(language_model: LanguageModel) -> None:
    document = make_document("Igor Antonov came.", comment="Fisher Joe\nI doubt it. He lies.", by="Fisher Joe")
    actors = find_actors(parse(document, language_model))
    meant = [(m.quote, actors.referents[m.entity].name) for m in actors.mentions if m.form is MentionForm.PRONOUN]
    assert ("I", "Fisher Joe") in meant
    assert ("He", "Igor Antonov") not in meant


def test_quotations_go_on_in_the_next_paragraph(language_model: LanguageModel) -> None:
    said, goes_on = parse(make_document('He said "yes, we do" and left.\n\n"We go on.'), language_model).blocks
    tokens = said.tokens
    assert "".join(tokens[k].text_with_ws for k in sorted(find_quoted(tokens))) == "yes, we do"
    assert "".join(goes_on.tokens[k].text_with_ws for k in sorted(find_quoted(goes_on.tokens))) == "We go on."
