"""Whom "the two sides", "the presidents", "another meeting" mean at an engagement: who was last told to meet.

`Actors.sources` looks for two persons in the sentences before, and answers only where these are certain. At a meeting
more is known: "the two sides" are those who met before. Two persons, nobody else, and none whose office is another one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from spacy.tokens import Token

from communique.annotate.clauses import get_children, iter_objects
from communique.annotate.events.coreference import get_group
from communique.annotate.events.drafts import Draft, get_names, is_definite
from communique.annotate.events.people import Party
from communique.annotate.events.triggers import Trigger, get_words
from communique.annotate.who.actors import Actors
from communique.annotate.who.plurals import is_two
from communique.model import EngagementKind, Role, Source, SourceKind

_SIDES = frozenset(["sides", "parties", "delegations", "countries", "governments"])
# "Both men" may be any two; who holds an office, or leads, is the one told to have met.
_ANYBODY = frozenset(["men", "women", "people", "officials"])
# Without "two" only these can be the persons told before: not "the rebels", "the guests".
_ALONE = frozenset(["leaders", "men", "negotiators"])
# "The two" are looked for so many engagements back.
_REACH = 12
_SHARED = frozenset({EngagementKind.MEETING, EngagementKind.TALKS, EngagementKind.CONFERENCE, EngagementKind.CALL})
_NUMBERS = {"three": 3, "four": 4, "five": 5, "six": 6}
_AGAIN = frozenset(["another", "second", "third", "fourth", "further", "next", "previous", "follow-up"])


def settle_sides(
    trigger: Trigger, parties: tuple[Party, ...], earlier: Sequence[Draft], actors: Actors
) -> tuple[Party, ...]:
    """The parties with the two persons for a plural that can only mean them; as they are where that is not certain."""
    settled: dict[str, Party] = {}
    for party in _name_groups(trigger, parties, actors):
        number = _find_number(trigger, party.source, earlier)
        if number:
            settled |= {one.entity or one.name: replace(party, source=one) for one in number}
            continue
        head = _find_head(trigger, party.source, actors)
        pair = _find_pair(trigger, head, party.source, earlier, actors) if head is not None else ()
        others = {other.source.entity for other in parties if other is not party and other.role is not Role.ABSENT}
        is_company = others and head is not None and not is_two(head)
        if head is not None and head.lower_ not in _SIDES and (is_company or any(one.entity in others for one in pair)):
            pair = ()  # "he met the two ministers": he is neither; "hosted a dinner for the leaders": of many
        for source in pair or (party.source,):
            settled.setdefault(source.entity or source.name.lower(), replace(party, source=source))
    return tuple(settled.values())


def _find_number(trigger: Trigger, source: Source, earlier: Sequence[Draft]) -> tuple[Source, ...]:
    """For "the three", "the four leaders": as many persons as took part in what was told last."""
    head = _find_root(trigger, source) if source.entity is None else None
    if head is None:
        return ()
    words = [head.lower_, *(child.lower_ for child in get_children(head, "nummod"))]
    number = next((_NUMBERS[word] for word in words if word in _NUMBERS), 0)
    is_the = any(child.lower_ in ("the", "these", "all") for child in get_children(head, "det"))
    if not number or not is_the or any(child.dep_ == "prep" for child in head.rights):
        return ()
    for draft in reversed(earlier[-_REACH:]):
        there = [party.source for party in draft.parties if party.role is not Role.ABSENT]
        persons = [source for source in there if source.kind is SourceKind.PERSON and source.entity]
        if len(persons) == number == len(there):
            return tuple(replace(one, start=source.start, end=source.end, quote=source.quote) for one in persons)
    return ()


def _name_groups(trigger: Trigger, parties: tuple[Party, ...], actors: Actors) -> list[Party]:
    """ "Hosted a dinner for the leaders": many, not the two that the document would give for "the leaders"."""
    named: list[Party] = []
    for party in parties:
        source = party.source
        head = _find_root(trigger, source) if source.kind is SourceKind.PERSON and source.entity else None
        is_plural = head is not None and head.tag_ == "NNS" and not is_two(head)
        if head is None or not is_plural or all(_is_same_words(source, other.source) for other in parties):
            named.append(party)
            continue
        span = actors.phrase_span(trigger.block, head)
        words = actors.parsed.document.text[span.start : span.end]
        name = " ".join(words.split()).removeprefix("the ")
        group = Source(name, SourceKind.COLLECTIVE, None, span.start, span.end, words)
        if all(other.source.name != name for other in named):
            named.append(replace(party, source=group))
    return named


def _is_same_words(one: Source, other: Source) -> bool:
    return (one.start, one.end) == (other.start, other.end)


def _find_root(trigger: Trigger, source: Source) -> Token | None:
    if source.start is None or source.end is None or not source.quote:
        return None
    start, end = source.start - trigger.block.start, source.end - trigger.block.start
    span = trigger.block.tokens.char_span(start, end, alignment_mode="expand")
    return span.root if span is not None and len(span) else None


def take_parties(draft: Draft, earlier: Sequence[Draft]) -> None:
    """ "A second meeting is to be held in Kassel": of those who met at the one told last. Their coming is left open."""
    trigger = draft.trigger
    words = {child.lower_ for child in get_children(trigger.token, "det", "amod")}
    is_again = trigger.is_noun and trigger.kind in _SHARED and bool(words & _AGAIN) and not is_definite(trigger)
    if not is_again or len(draft.names) > 1 or (draft.place is None and draft.date is None):
        return
    alike = [d for d in reversed(earlier) if get_group(d.trigger.kind) is get_group(trigger.kind)]
    last = next((d for d in alike if draft.names or _find_persons(d)), None)
    if draft.names:
        _take_others(draft, last)
        return
    pair = _find_persons(last) if last is not None else ()
    if pair:
        draft.parties = tuple(Party(source, Role.PARTICIPANT, None) for source in pair)
        draft.names = get_names(draft.parties)


def _take_others(draft: Draft, last: Draft | None) -> None:
    """ "would have another meeting with him", "a second session with the general": with those of the one told last."""
    if last is None or not draft.names < last.names:
        return
    others = [party for party in last.parties if party.role is not Role.ABSENT]
    known = [(party.source.entity or party.source.name.lower()) in draft.names for party in others]
    added = (replace(party, present=None) for party, is_known in zip(others, known, strict=True) if not is_known)
    draft.parties = (*draft.parties, *added)
    draft.names = get_names(draft.parties)


def _find_head(trigger: Trigger, source: Source, actors: Actors) -> Token | None:
    """The plural that a source's words are, if it can stand for two persons told of before."""
    head = _find_root(trigger, source)
    if head is None or head.tag_ not in ("NNS", "NNPS"):
        return None
    if any(child.lower_ != "two" for child in get_children(head, "nummod")):
        return None  # "the three ministers"
    if head.lower_ in _SIDES:
        return head if is_two(head) else None
    if source.entity is not None:
        return None
    of_sides = any(is_two(noun) and noun.lower_ in _SIDES for _, noun in iter_objects(head, "of"))
    is_the = any(child.lower_ in ("the", "these") for child in get_children(head, "det"))
    bare = not any(iter_objects(head, "of", "from", "for")) and not get_children(head, "amod", "poss")
    if head.lower_ in _ANYBODY or head.lemma_.lower() not in get_words("people", "nouns"):
        return None
    is_known = head.lower_ in _ALONE or (actors.index(trigger.block), head.i) in actors.phrases
    return head if of_sides or (bare and (is_two(head) or (is_the and is_known))) else None


def _find_pair(
    trigger: Trigger, head: Token, source: Source, earlier: Sequence[Draft], actors: Actors
) -> tuple[Source, ...]:
    phrase = actors.phrases.get((actors.index(trigger.block), head.i))
    classes = phrase.word.classes if phrase is not None and head.lower_ != "leaders" else frozenset()
    pairs = [pair for draft in reversed(earlier[-_REACH:]) if (pair := _find_persons(draft))]
    able = [pair for pair in pairs if all(_can_be(one, classes, actors) for one in pair)]
    # Two presidents are rather two who are called so than two of whom no office is told.
    able.sort(key=lambda pair: not all(actors.holders.get(one.entity or "") for one in pair) and bool(classes))
    for pair in able:
        return tuple(replace(one, start=source.start, end=source.end, quote=source.quote) for one in pair)
    if source.entity is None:
        for _, sides in iter_objects(head, "of"):
            found = actors.sources(trigger.block, sides)
            if len(found) == 2 and all(one.entity is not None and one.kind is SourceKind.PERSON for one in found):
                return found
    return ()


def _find_persons(draft: Draft) -> tuple[Source, ...]:
    """The two who took part; empty where it was more, or others."""
    there = list(_iter_present(draft))
    is_pair = len(there) == 2 and all(one.kind is SourceKind.PERSON and one.entity is not None for one in there)
    return tuple(there) if is_pair else ()


def _iter_present(draft: Draft) -> Iterator[Source]:
    return (party.source for party in draft.parties if party.role is not Role.ABSENT)


def _can_be(source: Source, classes: frozenset[str], actors: Actors) -> bool:
    held = [holder.classes for holder in actors.holders.get(source.entity or "", []) if not holder.former]
    return not classes or not held or any(classes & one for one in held)
