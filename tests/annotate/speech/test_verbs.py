"""Words of the tables: who can speak."""

from __future__ import annotations

from communique.annotate.speech.verbs import is_speaking_noun


def test_words_for_who_can_speak() -> None:
    assert is_speaking_noun("official")
    assert is_speaking_noun("ministry")
    assert not is_speaking_noun("table")
