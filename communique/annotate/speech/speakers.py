"""Resolves the speaker of a cue to a source.

A name, description or group is asked of `actors`. A pronoun behind or inside what it reports ("...", he said; "Kerry,
he said, will ...") goes on with the last speaker where one of that gender spoke in this paragraph or the one before;
elsewhere it means whom pronouns mean (`pronouns`).
"""

from __future__ import annotations

from dataclasses import dataclass, field

from spacy.tokens import Token

from communique.annotate.parse import Block
from communique.annotate.speech.cues import Cue
from communique.annotate.who.actors import Actors
from communique.annotate.who.referents import get_gender
from communique.model import Source, SourceKind, Span

_PRONOUNS = {"he": "male", "she": "female"}


@dataclass(slots=True)
class Chain:
    """Who spoke last, by paragraph."""

    spoken: list[tuple[int, Source]] = field(default_factory=list)

    def add(self, block: int, source: Source | None) -> None:
        """Remembers a speaker."""
        if source is not None and source.kind is SourceKind.PERSON and source.entity is not None:
            self.spoken.append((block, source))

    def last(self, block: int, actors: Actors, gender: str) -> Source | None:
        """The last person who spoke in this paragraph or the two before and can be meant by "he" or "she"."""
        for at, source in reversed(self.spoken):
            if block - at > 2:
                return None
            known = get_gender(actors.referent(source.entity)) if source.entity else None
            if known is None or known == gender:
                return source
        return None


def resolve_speaker(
    actors: Actors, block: Block, cue: Cue, content: list[Span], chain: Chain
) -> tuple[Source | None, str]:
    """The source of a cue and how it was resolved; (None, reason) where the text does not say."""
    token = cue.speaker
    if token is None:
        return None, "no speaker named"
    gender = _PRONOUNS.get(token.lower_)
    if gender is not None:
        last = chain.last(actors.index(block), actors, gender)
        at = block.start + token.idx
        if last is not None and (any(span.start < at for span in content) or _opens_sentence(token)):
            start, end = at, at + len(token)
            quote = actors.parsed.document.text[start:end]
            return Source(last.name, last.kind, last.entity, start, end, quote), "pronoun: last speaker"
    sources = actors.sources(block, token)
    if len(sources) == 1:
        return sources[0], _how(token, sources[0])
    return _together(actors, sources), "several speakers"


def _opens_sentence(token: Token) -> bool:
    """ "He noted that ...": after a statement, its speaker goes on."""
    return all(t.is_punct or t.pos_ in ("CCONJ", "ADV") for t in token.doc[token.sent.start : token.i])


def _how(token: Token, source: Source) -> str:
    if token.pos_ == "PRON":
        return "pronoun" if source.entity else "pronoun: not resolved"
    if source.entity is None:
        return "description"
    return "name" if token.pos_ == "PROPN" else "description of a name"


def _together(actors: Actors, sources: tuple[Source, ...]) -> Source:
    """Several speakers of one statement, as one collective source."""
    placed = [s for s in sources if s.start is not None and s.end is not None]
    start, end = min(s.start or 0 for s in placed), max(s.end or 0 for s in placed)
    names = list(dict.fromkeys(source.name for source in sources))
    name = " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)
    return Source(name, SourceKind.COLLECTIVE, None, start, end, actors.parsed.document.text[start:end])
