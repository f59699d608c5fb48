"""Resolves the speaker of a cue to a source.

A name, description or group is asked of `actors`. A pronoun behind or inside what it reports ("...", he said; "Weber,
he said, will ...") goes on with the last speaker where one of that gender spoke in this paragraph or the one before;
elsewhere it means whom pronouns mean (`pronouns`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from itertools import islice

from spacy.tokens import Token

from communique.annotate.parse import Block
from communique.annotate.speech.cue import Cue
from communique.annotate.speech.cue_speaker import find_relative
from communique.annotate.speech.drafts import Draft
from communique.annotate.speech.labels import ASKING
from communique.annotate.speech.verbs import get_verbs
from communique.annotate.who.actors import Actors
from communique.annotate.who.noun_kinds import get_source_kind
from communique.annotate.who.referents import get_gender
from communique.annotate.who.unnamed import is_unnamed
from communique.model import EntityKind, PartKind, Referent, Source, SourceKind, Span
from communique.text.quotes import Quote

_MARKS = frozenset("\"“„«‘'")
SEVERAL = "several speakers"
_ANSWERING = frozenset(["speak", "talk", "sit", "meet", "receive", "answer", "take"])
_ASKING = frozenset(["interview", "ask", "question", "speak", "talk", "conversation"])
# The head of an interview is no longer (paragraphs).
_HEAD = 12
_QUESTION = re.compile(r"(?:Q|A|Question|Answer): ")
_BODIES = (SourceKind.ORGANIZATION, SourceKind.GOVERNMENT, SourceKind.DOCUMENT)
# So many paragraphs (and statements) later "the source" may still be who spoke as "a source in the cabinet".
_TAKEN_UP = 4
_PRONOUNS = {"he": "male", "she": "female"}


@dataclass(frozen=True, slots=True)
class Spoken:
    """A person who spoke: in which paragraph, and where the statement with its sentence ends."""

    block: int
    end: int
    source: Source


@dataclass(slots=True)
class Chain:
    """Who spoke so far, in text order."""

    spoken: list[Spoken] = field(default_factory=list)
    latest: Spoken | None = None  # of whatever kind
    unnamed: dict[tuple[str, str], Spoken] = field(default_factory=dict)  # by noun and tag: who spoke without a name

    def add(self, block: int, end: int, source: Source | None) -> None:
        """Remembers a speaker; one without a name, too, who bars those before."""
        self.latest = Spoken(block, end, source) if source is not None else None
        is_one = source is not None and source.kind in (SourceKind.PERSON, SourceKind.ANONYMOUS)
        if source is not None and is_one and (source.entity is not None or source.kind is SourceKind.ANONYMOUS):
            self.spoken.append(Spoken(block, end, source))

    def add_unnamed(self, block: int, token: Token | None, source: Source | None) -> None:
        """Remembers somebody whom more than "the source" describes."""
        if token is None or source is None or source.entity is not None or token.pos_ != "NOUN":
            return
        if " " in source.name and source.kind in (SourceKind.ANONYMOUS, SourceKind.COLLECTIVE):
            self.unnamed[token.lemma_.lower(), token.tag_] = Spoken(block, source.end or 0, source)

    def describe(self, actors: Actors, block: Block, token: Token, source: Source) -> Source:
        """ "the minister": the one minister who spoke right before; "the source": by the words for it before."""
        own = [child for child in token.children if not child.is_punct]
        if token.pos_ != "NOUN" or len(own) != 1 or own[0].lower_ != "the":
            return source
        near = [s.source for s in self.spoken[-_TAKEN_UP:] if actors.index(block) - s.block <= 1]
        able = {s.entity: s for s in near if s.entity is not None and actors.is_office_of(block, token, s.entity)}
        if len(able) == 1:
            meant = next(iter(able.values()))
            return replace(source, name=meant.name, kind=meant.kind, entity=meant.entity)
        known = self.unnamed.get((token.lemma_.lower(), token.tag_))
        if known is None or actors.index(block) - known.block > _TAKEN_UP:
            return source
        return replace(source, name=known.source.name, kind=known.source.kind)

    def last(self, block: int, actors: Actors, gender: str) -> Spoken | None:
        """The last person who spoke in this paragraph or the two before and can be meant by "he" or "she"."""
        for spoken in reversed(self.spoken):
            if block - spoken.block > 2:
                return None
            if spoken.source.entity is None:
                return None
            known = get_gender(actors.referent(spoken.source.entity))
            if known is None or known == gender:
                return spoken
        return None


def resolve_speaker(actors: Actors, block: Block, draft: Draft, cue: Cue, chain: Chain) -> tuple[Source | None, str]:
    """The source of a draft's cue and how it was resolved; (None, reason) where the text does not say."""
    content, quotes = draft.content, draft.quotes
    token = cue.speaker
    if token is not None and _is_quoted(block, token, quotes):
        token = _find_outside(block, cue, quotes)
    if token is None:
        return None, "no speaker named"
    sources = actors.sources(block, token)
    gender = _PRONOUNS.get(token.lower_)
    if actors.unnamed(block, token) is not None:
        return sources[0], "pronoun: somebody without a name"
    if token.lower_ == "it" and (body := _find_body(actors, block, cue, content, chain)) is not None:
        return _stand_in(actors, block, token, body), "pronoun: last speaker"
    if gender is not None:
        last = chain.last(actors.index(block), actors, gender)
        goes_on = last is not None and _goes_on(actors, block, cue, content, last)
        if last is not None and goes_on and not _is_surer(actors, sources[0], last.source, gender):
            return _stand_in(actors, block, token, last.source), "pronoun: last speaker"
    source, how = (sources[0], _how(token, sources[0])) if len(sources) == 1 else (_together(actors, sources), SEVERAL)
    if source.entity is None and len(sources) == 1:
        source = chain.describe(actors, block, token, source)
    relative = find_relative(cue.token, token)
    if relative is not None:
        start, end = block.span(relative)
        source = replace(source, start=start, end=end, quote=actors.parsed.document.text[start:end])
    return source, how


def _stand_in(actors: Actors, block: Block, token: Token, meant: Source) -> Source:
    """Whom a pronoun means, at the pronoun's place."""
    at = block.start + token.idx
    return replace(meant, start=at, end=at + len(token), quote=actors.parsed.document.text[at : at + len(token)])


def _find_body(actors: Actors, block: Block, cue: Cue, content: list[Span], chain: Chain) -> Source | None:
    """ "The ministry said ... It added that": the body or text whose statement ends right before."""
    last = chain.latest
    if last is None or last.source.kind not in _BODIES or not _goes_on(actors, block, cue, content, last):
        return None
    return last.source


def _is_quoted(block: Block, token: Token, quotes: list[Quote]) -> bool:
    return any(quote.start < block.start + token.idx < quote.end for quote in quotes)


def _find_outside(block: Block, cue: Cue, quotes: list[Quote]) -> Token | None:
    """Where the parse takes a word of the quotation for the speaker: the first name or pronoun between it and the cue,
    or right behind the cue."""
    verb = cue.token
    before = [quote.end for quote in quotes if quote.end <= block.start + verb.idx]
    near = [t for t in verb.doc[max(0, verb.i - 30) : verb.i] if before and block.start + t.idx >= max(before)]
    near += list(verb.doc[verb.i + 1 : verb.i + 4])
    named = (t for t in near if t.pos_ == "PROPN" or t.lower_ in ("he", "she", "they"))
    first = next(named, None)
    while first is not None and first.dep_ == "compound" and first.head.i > first.i:
        first = first.head
    return first if first is None or not _is_quoted(block, first, quotes) else None


def _goes_on(actors: Actors, block: Block, cue: Cue, content: list[Span], last: Spoken) -> bool:
    """Does a pronoun go on with the last speaker? Behind a quotation yes; elsewhere only right after the statement."""
    text, token = actors.parsed.document.text, cue.speaker
    assert token is not None
    apart = actors.index(block) - last.block
    # "Recalling his visit, he joked": the pronoun belongs to the clause behind.
    is_opening = cue.token.tag_ == "VBG" and cue.token.i < token.i
    if not is_opening and any(span.start < block.start + token.idx for span in content):
        is_speech = any(text[span.start] in _MARKS for span in content)
        return is_speech or apart <= 1
    between = text[last.end : block.start + token.sent.start_char]
    return _opens_sentence(token) and not any(character.isalnum() for character in between)


def _is_surer(actors: Actors, meant: Source, last: Source, gender: str) -> bool:
    """True where the pronoun's own reading is of its gender for certain, and the last speaker's is not known."""
    if meant.entity is None or last.entity is None or meant.entity == last.entity:
        return False
    return get_gender(actors.referent(last.entity)) is None and get_gender(actors.referent(meant.entity)) == gender


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


def find_interviewee(actors: Actors, b: int) -> Referent | None:
    """Who answers in an interview: the one person whom the report, above its first question, has speak or be asked.

    None where somebody without a name may be meant.
    """
    blocks, text = actors.parsed.blocks, actors.parsed.document.text
    first = next((i for i in range(b) if _QUESTION.match(text, blocks[i].start)), b)
    found = set()
    for block in islice(blocks, min(first, _HEAD)):
        if block.part.part is PartKind.BYLINE:
            continue
        for token in block.tokens:
            if is_unnamed(token):
                return None
            if _is_asked(token) and actors.is_person_name(block, token):
                found.add(actors.referent_of(block, token))
    return actors.referent(one) if len(found) == 1 and (one := found.pop()) is not None else None


def _is_asked(token: Token) -> bool:
    """ "Holm spoke to this paper", "an interview with Holm", "we asked Holm"."""
    token = token.head if token.dep_ == "appos" else token
    if token.dep_ == "nsubj":
        return token.head.lemma_ in get_verbs()["say"] | _ANSWERING
    if token.dep_ == "dobj":
        return token.head.lemma_ in _ASKING
    return token.dep_ == "pobj" and token.head.lower_ in ("with", "to") and token.head.head.lemma_ in _ASKING


def resolve_label(actors: Actors, block: Block, named: Span) -> Source:
    """The source that a label names: a person or body of the document, else the words of the label."""
    words = actors.parsed.document.text[named.start : named.end]
    if words == "A" and (asked := find_interviewee(actors, actors.index(block))) is not None:
        return Source(asked.name, SourceKind.PERSON, asked.id, named.start, named.end, words)
    if words.lower() in ASKING or words == "A":
        return Source(words, SourceKind.ANONYMOUS, None, named.start, named.end, words)
    inside = [t for t in block.tokens if named.start <= block.start + t.idx < named.end]
    # "QUESTION (Tom Brady, The Herald)": the person asks, not the paper.
    inside.sort(key=lambda t: actors.is_person_name(block, t))
    for token in reversed(inside):
        referent_id = actors.referent_of(block, token)
        if referent_id is not None:
            referent = actors.referent(referent_id)
            return Source(referent.name, get_source_kind(referent.kind), referent_id, named.start, named.end, words)
    last = words.split("(")[0].split(",")[0].split()[-1].lower()
    same = [r for r in actors.referents.values() if r.kind is EntityKind.PERSON and r.name.split()[-1].lower() == last]
    if len(same) == 1:
        return Source(same[0].name, SourceKind.PERSON, same[0].id, named.start, named.end, words)
    return Source(words, SourceKind.PERSON, None, named.start, named.end, words)
