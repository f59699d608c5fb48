"""Who is who in one document: the index that every finder of statements and engagements asks.

`find_actors` runs names, offices, referents and pronouns in this order. `Actors.sources` then says whom a noun phrase
denotes: named persons and bodies, resolved pronouns and descriptions, the two persons behind "the ministers", or people
without a name ("experts", "a senior official").
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from spacy.tokens import Token

from communique.annotate.clauses import SUBJECTS, is_verb
from communique.annotate.parse import Block, Parsed
from communique.annotate.who.context import Context, Holder, Named
from communique.annotate.who.descriptions import is_held_by
from communique.annotate.who.name_words import Name
from communique.annotate.who.names import find_names
from communique.annotate.who.noun_kinds import find_source_kind, get_source_kind, strip_determiner
from communique.annotate.who.noun_phrase import find_phrase
from communique.annotate.who.offices import OfficePhrase, find_offices, is_field
from communique.annotate.who.plurals import (
    Words,
    are_together,
    denotes_pair,
    find_pair,
    is_group,
    is_telling,
    is_two,
)
from communique.annotate.who.pronouns import resolve_pronouns
from communique.annotate.who.referents import add_author, cluster_names, find_author, make_referents
from communique.model import EntityKind, Mention, MentionForm, Place, Referent, Source, SourceKind, Span


@dataclass(slots=True)
class Actors:
    """Who is who. Tokens are addressed by block index and token index."""

    parsed: Parsed
    referents: dict[str, Referent]
    mentions: tuple[Mention, ...]
    names: dict[tuple[int, int], tuple[Name, str]]
    phrases: dict[tuple[int, int], OfficePhrase]
    resolved: dict[tuple[int, int], str]
    named: list[Named]
    holders: dict[str, list[Holder]]
    meant: dict[tuple[int, int], tuple[int, int]]  # pronoun -> the noun of somebody without a name
    block_index: dict[int, int]  # id of a block's tokens -> its index
    known_sources: dict[tuple[int, int], tuple[Source, ...]] = field(default_factory=dict)  # what `sources` has found

    def index(self, block: Block) -> int:
        """The position of a block in its document."""
        return self.block_index[block.start]

    def referent(self, referent_id: str) -> Referent:
        """The referent with an id; KeyError if there is none."""
        return self.referents[referent_id]

    def author(self) -> Referent | None:
        """The person who signs the report; None if nobody does."""
        return find_author(self.parsed, list(self.referents.values()))

    def referent_of(self, block: Block, token: Token) -> str | None:
        """The referent that a token (of a name, pronoun or description) denotes."""
        key = (self.index(block), token.i)
        if key in self.names:
            return self.names[key][1]
        if key in self.resolved:
            return self.resolved[key]
        phrase = self.phrases.get(key)
        if phrase is not None and phrase.holder is not None:
            return self.names[phrase.block, phrase.holder.first][1]
        return None

    def is_person_name(self, block: Block, token: Token) -> bool:
        """Does a token belong to a person's name?"""
        found = self.names.get((self.index(block), token.i))
        return found is not None and found[0].kind is EntityKind.PERSON

    def is_office_of(self, block: Block, token: Token, referent_id: str) -> bool:
        """Can a description ("the minister") mean somebody, by the offices that the document gives them?"""
        phrase = self.phrases.get((self.index(block), token.i))
        is_one = phrase is not None and phrase.holder is None and not (phrase.former or phrase.word.is_plural)
        return is_one and phrase is not None and is_held_by(phrase, self.holders.get(referent_id, []))

    def place(self, block: Block, token: Token) -> Place | None:
        """The place that a token names, None if it names none."""
        found = self.names.get((self.index(block), token.i))
        if found is None or found[0].kind not in (EntityKind.PLACE, EntityKind.GOVERNMENT):
            return None
        referent = self.referents[found[1]]
        evidence = self.parsed.document.evidence(found[0].start, found[0].end)
        return Place(referent.name, referent.id, referent.territory, (evidence,))

    def sources(self, block: Block, token: Token) -> tuple[Source, ...]:
        """Whom the noun phrase headed by a token denotes, coordinated phrases one by one.

        Args:
            block: The paragraph.
            token: Head of a noun phrase, or a pronoun.

        Returns:
            At least one source; its ``entity`` is None where nobody known is meant, its offsets those of the words.
        """
        key = (self.index(block), token.i)
        if key not in self.known_sources:
            heads = [token, *(other for other in token.conjuncts if other.i > token.i)]
            self.known_sources[key] = tuple(source for head in heads for source in self._denoted(block, head))
        return self.known_sources[key]

    def _denoted(self, block: Block, token: Token) -> list[Source]:
        referent_id = self.referent_of(block, token)
        if referent_id is not None and not self._is_owner(block, token):
            return [self._source(block, token, referent_id)]
        name = self._find_name_beside(block, token)
        if name is not None:
            named = self._source(block, name, self.names[self.index(block), name.i][1])
            if (kind := find_source_kind(token)) is SourceKind.ORGANIZATION and kind is not named.kind:
                named = replace(named, kind=kind, entity=None)  # "the newspaper Andina" is nobody
            start = self.phrase_span(block, token).start
            return [replace(named, start=start, quote=self.parsed.document.text[start : named.end])]
        plural = self._plural(block, token)
        if plural:
            return plural
        span = self.phrase_span(block, token)
        words = self.parsed.document.text[span.start : span.end]
        told = self.unnamed(block, token)
        kind = SourceKind.ANONYMOUS if told is not None else find_source_kind(token)
        return [Source(told or self._describe(block, span), kind, None, span.start, span.end, words)]

    def unnamed(self, block: Block, token: Token) -> str | None:
        """How somebody without a name is told whom a pronoun means; None where it means nobody such."""
        key = self.meant.get((self.index(block), token.i))
        if key is None:
            return None
        there = self.parsed.blocks[key[0]]
        return self._describe(there, self.phrase_span(there, there.tokens[key[1]]))

    def _describe(self, block: Block, span: Span) -> str:
        """The words of a description without their article; "his deputy" as whose he is, where that is known."""
        words = strip_determiner(self.parsed.document.text[span.start : span.end])
        at = block.tokens.char_span(span.start - block.start, span.end - block.start, alignment_mode="expand")
        first = at[0] if at is not None else None
        whose = self.referent_of(block, first) if first is not None and first.tag_ == "PRP$" else None
        if whose is None or " " not in words:
            return words
        return f"{self.referents[whose].name}'s {words.split(' ', 1)[1]}"

    def _find_name_beside(self, block: Block, token: Token) -> Token | None:
        """ "one boatman, Rafael Ibarra,": the name in apposition to somebody who is described; None without one."""
        if token.tag_ != "NN":
            return None
        beside = (child for child in token.rights if child.dep_ == "appos")
        return next((child for child in beside if self.is_person_name(block, child)), None)

    def _is_owner(self, block: Block, token: Token) -> bool:
        """A name inside a longer phrase that denotes something else is not its head."""
        return token.dep_ == "compound" and token.head.i > token.i and self.referent_of(block, token.head) is None

    def _source(self, block: Block, token: Token, referent_id: str) -> Source:
        referent = self.referents[referent_id]
        span = self._words_of(block, token)
        quote = self.parsed.document.text[span.start : span.end]
        return Source(referent.name, get_source_kind(referent.kind), referent_id, span.start, span.end, quote)

    def _words_of(self, block: Block, token: Token) -> Span:
        """The name with the title before it, or the description, or the pronoun."""
        key = (self.index(block), token.i)
        tokens = block.tokens
        found = self.names.get(key)
        if found is not None:
            first = found[0].first
            phrase = self.phrases.get((key[0], first - 1))
            if phrase is not None and phrase.is_title:
                first = phrase.first
            return block.span(tokens[first : found[0].last])
        phrase = self.phrases.get(key)
        if phrase is not None:
            return block.span(tokens[phrase.first : phrase.last])
        return block.span(token)

    def _plural(self, block: Block, token: Token) -> list[Source]:
        """ "they", "both", "the two ministers": the two persons meant, where that is certain."""
        here = (self.index(block), token.i)
        words = Words(token, self.phrases.get(here))
        if not denotes_pair(words):
            return []
        group = self._find_group_before(block, token) if words.phrase is None else None
        if group is not None:  # "The foreign ministers confirmed it. The two agreed"
            at = block.span(token)
            told = self.parsed.document.text[at.start : at.end]
            return [replace(s, start=at.start, end=at.end, quote=told) for s in self._plural(block, group)]
        barred = self._find_subject(block, token)
        pair = find_pair(here, words, self.named, self.referents, self.holders, barred)
        if not pair or not self._are_sure(words, pair):
            return []
        span = self.phrase_span(block, token)
        quote = self.parsed.document.text[span.start : span.end]
        names = [(self.referents[named.referent].name, named.referent) for named in pair]
        if set(names[0][0].split()) & set(names[1][0].split()):
            return []  # more likely one person, called in two ways, than two
        return [Source(name, SourceKind.PERSON, p, span.start, span.end, quote) for name, p in names]

    def _find_group_before(self, block: Block, token: Token) -> Token | None:
        """The people in the plural whom the sentence before tells of, where it names nobody: "the two" are they."""
        start = token.sent.start
        if not start:
            return None
        before = block.tokens[start - 1].sent
        if any(self.is_person_name(block, word) for word in before):
            return None
        subjects = (child for child in before.root.children if child.dep_ in SUBJECTS and child.tag_ == "NNS")
        has_the = (s for s in subjects if any(word.lower_ in ("the", "both", "two") for word in s.children))
        return next((s for s in has_the if is_group(s) or (self.index(block), s.i) in self.phrases), None)

    def _are_sure(self, words: Words, pair: list[Named]) -> bool:
        """Are two the ones? Of offices of which a state has one, two in a report are; else they must act together."""
        counted = is_two(words.token) or words.token.lower_ in ("two", "both")
        return counted or is_telling(words) or are_together(pair[0], pair[1], self.parsed)

    def _find_subject(self, block: Block, token: Token) -> frozenset[str]:
        """Who is the subject of the verb that a token is another argument of."""
        verb = next((above for above in token.ancestors if is_verb(above)), token)
        subjects = (child for child in verb.children if child.dep_ in SUBJECTS and child.i != token.i)
        found = (self.referent_of(block, subject) for subject in subjects if not subject.is_ancestor(token))
        return frozenset(referent for referent in found if referent is not None)

    def phrase_span(self, block: Block, token: Token) -> Span:
        """The noun phrase around a head, without relative clauses and appositions."""
        first, last = find_phrase(token)
        return block.span(block.tokens[first:last])


def find_actors(parsed: Parsed) -> Actors:
    """Finds who is named, meant and described in a document."""
    found = find_names(parsed)
    offices = find_offices(parsed, found)
    found = _drop_parts_of_offices(found, offices)
    referents, owner = make_referents(parsed, cluster_names(found), offices)
    by_id = {referent.id: referent for referent in add_author(parsed, referents)}
    names = {(name.block, k): (name, owner[name]) for name in found for k in range(name.first, name.last)}
    phrases = {(p.block, k): p for p in offices for k in range(p.core_first, p.core_last)}
    holders = _find_holders(offices, owner)
    memory = resolve_pronouns(Context(parsed, by_id, names, phrases, holders))
    resolved, named = memory.resolved, memory.named
    mentions = [_mention(parsed, name.start, name.end, by_id[owner[name]], MentionForm.NAME) for name in found]
    for (b, k), referent_id in resolved.items():
        phrase = phrases.get((b, k))
        tokens = parsed.blocks[b].tokens
        words = tokens[phrase.first : phrase.last] if phrase else tokens[k]
        span = parsed.blocks[b].span(words)
        is_pronoun = phrase is None and tokens[k].pos_ == "PRON"
        form = MentionForm.PRONOUN if is_pronoun else MentionForm.DESCRIPTION
        mentions.append(_mention(parsed, span.start, span.end, by_id[referent_id], form))
    mentions.sort(key=lambda mention: (mention.start, mention.end))
    blocks = {block.start: i for i, block in enumerate(parsed.blocks)}
    return Actors(parsed, by_id, tuple(mentions), names, phrases, resolved, named, holders, memory.meant, blocks)


def _find_holders(offices: list[OfficePhrase], owner: dict[Name, str]) -> dict[str, list[Holder]]:
    """Each person's offices; a short form ("the minister") only where the document has no full one."""
    full = {owner[p.holder] for p in offices if p.holder is not None and not p.word.is_short}
    holders: dict[str, list[Holder]] = {}
    for phrase in offices:
        if phrase.holder is not None and not (phrase.word.is_short and owner[phrase.holder] in full):
            holder = Holder(phrase.word, phrase.territory, phrase.organization, phrase.former)
            holders.setdefault(owner[phrase.holder], []).append(holder)
    return holders


def _drop_parts_of_offices(found: list[Name], offices: list[OfficePhrase]) -> list[Name]:
    """ "State" in "Secretary of State" names nobody."""
    inside = {(p.block, k) for p in offices for k in range(p.core_first, p.core_last)}
    fields = {(p.block, k) for p in offices for k in range(p.core_last, p.last)}
    return [
        name
        for name in found
        if name.kind is EntityKind.PERSON
        or not ((name.block, name.first) in inside or ((name.block, name.first) in fields and is_field(name)))
    ]


def _mention(parsed: Parsed, start: int, end: int, referent: Referent, form: MentionForm) -> Mention:
    quote = parsed.document.text[start:end]
    return Mention(parsed.document.id, start, end, quote, referent.kind, form, referent.id)
