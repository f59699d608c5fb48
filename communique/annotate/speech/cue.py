"""A cue: the words that attribute, with whom they name and what they govern."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Token

from communique.annotate.speech.cue_syntax import Range


@dataclass(frozen=True, slots=True)
class Cue:
    """A cue in a paragraph. ``region`` spans the cue with its speaker: words that are never content."""

    token: Token
    words: Range
    frame: str  # clause, quote, name, judge, infinitive, preposition, according, opinion
    speaker: Token | None
    content: tuple[Range, ...]
    region: Range
    is_passive: bool = False
    declined: bool = False
    negated: bool = False
