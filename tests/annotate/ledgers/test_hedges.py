"""What belongs to a forecast, where the parser has its verb in an unusual place."""

from __future__ import annotations

import spacy
from spacy.tokens import Doc

from communique.annotate.ledgers.hedges import whole


def test_a_verb_that_is_the_first_word_and_names_a_source_is_read() -> None:
    tokens = Doc(
        spacy.blank("en").vocab,
        ["According", "to", "analysts"],
        heads=[0, 0, 1],
        deps=["ROOT", "prep", "pobj"],
        pos=["VERB", "ADP", "NOUN"],
        tags=["VBG", "IN", "NNS"],
    )
    assert whole(tokens[0]) == (0, 3)
