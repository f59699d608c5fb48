"""Who took part in what a trigger names, in which role, by the parse around it.

For a noun: its possessor ("Kerry's visit"), its complements ("talks with", "between", "visit by"), names compounded with
it ("Kerry-Lavrov talks"), the verb that carries it ("held", "hosted", "skipped"), and, where it names only the other
side, the subject of the sentence ("said after talks with his counterpart"). For a verb: by its frame in the table.

Does not judge whether there was an engagement; an empty tuple means that nobody is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from communique.annotate.actors import Actors
from communique.annotate.clauses import find_agent, find_first_conjunct, find_governor, find_subject, get_children, get_lemma, is_negated, is_verb, iter_objects
from communique.annotate.engagement_triggers import Trigger, get_words
from communique.annotate.parse import Block
from communique.model import EngagementKind, EntityKind, Role, Source, SourceKind

_SHARED = (
    EngagementKind.MEETING, EngagementKind.TALKS, EngagementKind.CALL, EngagementKind.DINNER,
    EngagementKind.PRESS_CONFERENCE, EngagementKind.CONFERENCE,
)  # fmt: skip
_OCCASION = frozenset({"at", "in", "during", "after", "before", "following", "for", "on", "by", "ahead", "from", "over", "since", "prior", "via"})


@dataclass(frozen=True, slots=True)
class Party:
    """Somebody with a role in an engagement. ``present`` is None where the words leave it open."""

    source: Source
    role: Role
    present: bool | None = True


def find_people(actors: Actors, block: Block, token: Token) -> list[Source]:
    """The persons, bodies and groups that a noun phrase denotes; things and places of no state are left out."""
    found = []
    heads = [token, *(other for other in token.conjuncts if other.i > token.i)]
    for source in actors.sources(block, token):
        if source.entity is not None:
            referent = actors.referent(source.entity)
            if referent.kind is not EntityKind.INSTRUMENT:
                found.append(source)
        elif source.start is not None and source.end is not None:
            words = [head for head in heads if source.start <= block.start + head.idx < source.end]
            author = _find_author(actors, source, words)
            if author is not None:
                found.append(author)
            elif words:
                found += _find_group(actors, block, source, words[0])
    return found


def _find_group(actors: Actors, block: Block, source: Source, head: Token) -> list[Source]:
    """People without a known name: by the name beside them ("his counterpart, …"), else in their own words."""
    for beside in get_children(head, "appos"):
        named = [s for s in actors.sources(block, beside)[:1] if s.entity is not None and s.kind is SourceKind.PERSON]
        if named:
            return named
    if not is_people(head):
        return []
    start = head.i
    for child in head.lefts:
        is_bare = child.dep_ in ("det", "poss", "predet", "nummod") or child.lower_ in ("several", "many", "some", "few")
        if not is_bare and child.dep_ in ("amod", "compound", "nmod"):
            start = min(start, child.left_edge.i)
        elif child.dep_ == "poss" and child.pos_ != "PRON":
            start = min(start, child.left_edge.i)
    end = max([head.i, *(child.right_edge.i for child in head.rights if child.dep_ == "prep" and child.lower_ == "of")]) + 1
    span = block.span(block.tokens[start:end])
    quote = actors.parsed.document.text[span.start : span.end]
    return [Source(" ".join(quote.split()), source.kind, None, span.start, span.end, quote)]


def _find_author(actors: Actors, source: Source, words: list[Token]) -> Source | None:
    """ "I" outside quotation marks is who signs the report."""
    author = actors.parsed.document.author
    if author is None or not words or words[0].lower_ not in ("i", "me", "my", "myself"):
        return None
    before = str(words[0].doc.text)[: words[0].idx]
    if before.count('"') % 2:
        return None
    for referent in actors.referents.values():
        if referent.kind is EntityKind.PERSON and author.value in (referent.name, *referent.names):
            return Source(referent.name, SourceKind.PERSON, referent.id, source.start, source.end, source.quote)
    return Source(author.value, SourceKind.PERSON, None, source.start, source.end, source.quote)


def is_people(token: Token) -> bool:
    """Can a noun that is no known name denote people at a table?"""
    lemma = get_lemma(token)
    if token.pos_ == "PROPN":
        return token.ent_type_ in ("PERSON", "ORG", "NORP", "GPE") or lemma in get_words("people", "nouns")
    if token.pos_ not in ("NOUN", "NUM", "ADJ"):
        return False
    return lemma in get_words("people", "nouns") or (token.tag_ == "NNS" and token.lower_.endswith(tuple(get_words("people", "endings"))))


def find_parties(trigger: Trigger, actors: Actors) -> tuple[Party, ...]:
    """Everybody with a role in what a trigger names, each once, in the order visitor or subject, others."""
    parties = _find_of_noun(trigger, actors) if trigger.is_noun else _find_of_verb(trigger, actors)
    unique: dict[str, Party] = {}
    for party in parties:
        key = party.source.entity or party.source.name.lower()
        if trigger.kind is EngagementKind.VISIT and party.role is Role.VISITOR and not _can_travel(party.source):
            continue
        if key not in unique or (unique[key].role is Role.PARTICIPANT and party.role is not Role.PARTICIPANT):
            unique[key] = party
    return tuple(unique.values())


def _can_travel(source: Source) -> bool:
    if source.kind is SourceKind.ORGANIZATION and source.entity is None:
        return any(word in source.name.lower() for word in ("delegation", "mission", "team", "group"))
    return source.kind in (SourceKind.PERSON, SourceKind.COLLECTIVE, SourceKind.ANONYMOUS, SourceKind.ORGANIZATION)


def _as(role: Role, sources: Iterable[Source], present: bool | None = True) -> list[Party]:
    return [Party(source, role, present) for source in sources]


# --- nouns ----------------------------------------------------------------------------------------


def _find_of_noun(trigger: Trigger, actors: Actors) -> list[Party]:
    main = Role.VISITOR if trigger.kind is EngagementKind.VISIT else Role.PARTICIPANT
    parties = _find_owners(trigger, actors, main)
    carried = _find_by_carrier(trigger, actors, main)
    others = _find_complements(trigger, actors)
    subject = _find_of_sentence(trigger, actors, main, parties or carried, others)
    return [*parties, *carried, *subject, *others]


def _find_owners(trigger: Trigger, actors: Actors, main: Role) -> list[Party]:
    """ "Kerry's visit", "his talks", "Kerry-Lavrov talks", "the NATO summit"."""
    token, block = trigger.token, trigger.block
    found: list[Source] = []
    for owner in get_children(token, "poss"):
        if owner.ent_type_ in ("DATE", "TIME"):
            continue
        if token.dep_ == "conj" and token.head.pos_ == "PROPN" and token.head.i < owner.i:
            found += [s for s in find_people(actors, block, token.head) if s.entity][:1]  # "Lavrov and Kerry's meeting"
        found += _find_parallel(trigger, actors, owner) or [s for head in _own_conjuncts(owner) for s in find_people(actors, block, head)[:2]]
    lefts = [c for c in token.lefts if c.dep_ in ("compound", "nmod")]
    names = [c for left in lefts for c in left.subtree if c.pos_ == "PROPN" and c.dep_ in ("compound", "nmod", "conj")]
    is_pair = len(names) > 1 and any(t.text in "-–/" for t in trigger.block.tokens[names[0].i : token.i])
    for name in names:
        for source in _find_named(actors, block, name):
            if source.kind is SourceKind.PERSON or source.kind is SourceKind.ORGANIZATION or (is_pair and trigger.kind is not EngagementKind.VISIT):
                found.append(source)
    parties = _as(main, found)
    if get_lemma(token.head) == "be" and token.dep_ == "nsubj":  # "The visit is Kerry's first"
        for attribute in get_children(token.head, "attr"):
            parties += [p for owner in get_children(attribute, "poss") for p in _as(main, find_people(actors, block, owner)[:1])]
    return parties


def _find_named(actors: Actors, block: Block, token: Token) -> list[Source]:
    """Who a name before a noun is ("the NATO summit"): `Actors.sources` looks at whole phrases only."""
    entity = actors.referent_of(block, token)
    if entity is None:
        return []
    referent, span = actors.referent(entity), block.span(token)
    kinds = {EntityKind.PERSON: SourceKind.PERSON, EntityKind.GOVERNMENT: SourceKind.GOVERNMENT, EntityKind.PLACE: SourceKind.GOVERNMENT}
    if referent.kind is EntityKind.INSTRUMENT:
        return []
    return [Source(referent.name, kinds.get(referent.kind, SourceKind.ORGANIZATION), entity, span.start, span.end, token.text)]


def _find_parallel(trigger: Trigger, actors: Actors, owner: Token) -> list[Source]:
    """ "Kerry's meeting with Lavrov lasted long, his meeting with Putin did not": whose the first one was."""
    if owner.lower_ not in ("his", "her"):
        return []
    tokens = trigger.block.tokens
    for other in tokens[trigger.token.sent.start : trigger.token.i]:
        if other.lower_ != trigger.token.lower_:
            continue
        for name in get_children(other, "poss"):
            sources = [s for s in find_people(actors, trigger.block, name) if s.kind is SourceKind.PERSON]
            if len(sources) == 1 and sources[0].entity:
                span = trigger.block.span(owner)
                return [Source(sources[0].name, sources[0].kind, sources[0].entity, span.start, span.end, owner.text)]
    return []


def _own_conjuncts(owner: Token) -> list[Token]:
    """A possessor; "Kerry and Lavrov's" is one possessor whose conjuncts `Actors.sources` follows."""
    return [find_first_conjunct(owner)] if owner.dep_ == "conj" else [owner]


def _find_complements(trigger: Trigger, actors: Actors) -> list[Party]:
    token, block, kind = trigger.token, trigger.block, trigger.kind
    names = {"with": Role.PARTICIPANT, "between": Role.PARTICIPANT, "among": Role.PARTICIPANT}
    if kind is EngagementKind.VISIT:
        names = {"with": Role.PARTICIPANT, "by": Role.VISITOR}
    elif kind in (EngagementKind.LETTER, EngagementKind.CALL):
        names |= {"to": Role.PARTICIPANT, "from": Role.PARTICIPANT}
    elif kind is EngagementKind.DINNER:
        names |= {"for": Role.PARTICIPANT}
    parties: list[Party] = []
    for preposition, noun in iter_objects(token):
        word = preposition.lower_
        if word in names:
            parties += _as(names[word], find_people(actors, block, noun))
        elif word == "of" and kind in _SHARED:
            parties += _as(Role.PARTICIPANT, [s for s in find_people(actors, block, noun) if s.kind is not SourceKind.DOCUMENT])
        elif word == "to" and kind is EngagementKind.VISIT and actors.place(block, noun) is None and trigger.manner != "plan":
            parties += _as(Role.HOST, [s for s in find_people(actors, block, noun) if s.kind is SourceKind.PERSON or (noun.pos_ == "NOUN" and get_lemma(noun) not in ("country", "nation", "state"))])
    if not parties and kind is not EngagementKind.VISIT:
        parties = [p for noun in _find_strayed(token) for p in _as(Role.PARTICIPANT, find_people(actors, block, noun))]
    return parties


def _find_strayed(token: Token) -> list[Token]:
    """What follows "between" or "with" further down in a noun's phrase, where the parser hung it on another noun."""
    below = [
        t for t in token.subtree
        if t.i > token.i and t.lower_ in ("between", "with") and t.dep_ == "prep" and not _crosses_verb(t, token)
    ]  # fmt: skip
    if not below:
        # "at a meeting 8 May with activists": hung on the verb.
        for following in token.doc[token.i + 1 : token.i + 7]:
            if following.lower_ in ("between", "with") and following.dep_ == "prep":
                below = [following]
            elif following.ent_type_ in ("DATE", "TIME", "GPE", "FAC", "CARDINAL") or following.lower_ in ("in", "on", "at", "here", "late"):
                continue
            break
    return [noun for preposition in below for noun in get_children(preposition, "pobj")]


def _crosses_verb(below: Token, top: Token) -> bool:
    for ancestor in below.ancestors:
        if ancestor.i == top.i:
            return False
        if is_verb(ancestor):
            return True
    return True


def _find_by_carrier(trigger: Trigger, actors: Actors, main: Role) -> list[Party]:
    verb, manner = trigger.carrier, trigger.manner
    if verb is None or manner in ("", "copula", "predicate"):
        return []
    subject = _find_doer(verb)
    people = find_people(actors, trigger.block, subject) if subject is not None else []
    if manner in ("plan", "cancel", "postpone", "expect", "deny"):
        people = [s for s in people if s.kind is SourceKind.PERSON] if trigger.token.dep_ == "dobj" else []
        if get_children(trigger.token, "poss") or (main is Role.PARTICIPANT and not any(iter_objects(trigger.token, "with"))):
            return []
        return _as(main, people)
    if manner == "absent" or (manner == "hold" and _stays_away(verb)):
        return _as(Role.ABSENT, people, present=False)
    if manner == "host":
        return [*_as(Role.HOST, people), *_with(trigger, actors, verb)]
    if get_lemma(verb) in get_words("carriers", "mediators") and any(iter_objects(trigger.token, "between", "with", "among")):
        return _as(Role.MEDIATOR, people) if main is Role.PARTICIPANT else []
    if get_lemma(verb) == "be" and main is Role.PARTICIPANT:
        return []
    present = None if get_lemma(verb) == "invite" else True
    return [*_as(main, people, present), *_with(trigger, actors, verb)]


def _with(trigger: Trigger, actors: Actors, verb: Token) -> list[Party]:
    """ "held talks in Geneva with the envoy": the parser hangs "with" on the verb."""
    nouns = [noun for _, noun in iter_objects(verb, "with", "between", "among")]
    return [p for noun in nouns for p in _as(Role.PARTICIPANT, find_people(actors, trigger.block, noun))]


def _find_doer(verb: Token) -> Token | None:
    if get_children(verb, "auxpass") or (verb.tag_ == "VBN" and verb.dep_ == "acl"):
        agent = find_agent(verb)
        return agent if agent is not None or get_lemma(verb) != "invite" else find_subject(verb)
    return find_subject(verb)


def _stays_away(verb: Token) -> bool:
    """ "did not attend", "was not invited to take part in"."""
    if get_lemma(verb) not in ("attend", "take", "participate", "join", "invite", "be"):
        return False
    return is_negated(verb) or (verb.dep_ in ("xcomp", "advcl") and is_verb(verb.head) and is_negated(verb.head))


def _find_of_sentence(trigger: Trigger, actors: Actors, main: Role, known: list[Party], others: list[Party]) -> list[Party]:
    """Where a noun names only the other side, the subject of the sentence: "said after talks with his counterpart"."""
    token = find_first_conjunct(trigger.token)
    if known or trigger.kind not in (*_SHARED, EngagementKind.VISIT) or token.dep_ not in ("pobj", "dobj", "pcomp"):
        return []
    if token.dep_ == "pobj" and token.head.lower_ not in _OCCASION:
        return []
    is_bare = not get_children(trigger.token, "det") or any(c.lower_ in ("a", "an", "another") for c in get_children(trigger.token, "det"))
    if trigger.kind is not EngagementKind.PRESS_CONFERENCE and not (is_bare and (others or main is Role.VISITOR)):
        return []
    if any(iter_objects(trigger.token, "between", "by", "of")):
        return []
    governor = find_governor(token)
    subject = find_subject(governor) if governor is not None else None
    if subject is None:
        return []
    people = [s for s in find_people(actors, trigger.block, subject) if s.kind in (SourceKind.PERSON, SourceKind.GOVERNMENT) or not s.entity]
    names = {party.source.entity or party.source.name for party in others}
    return _as(main, [s for s in people if (s.entity or s.name) not in names])


# --- verbs ----------------------------------------------------------------------------------------


def _find_of_verb(trigger: Trigger, actors: Actors) -> list[Party]:
    verb, block, frame = trigger.token, trigger.block, trigger.frame
    subject = _find_doer(verb)
    doers = find_people(actors, block, subject) if subject is not None else []
    objects = [s for noun in get_children(verb, "dobj", "nsubjpass", "dative") for s in find_people(actors, block, noun)]
    company = [s for _, noun in iter_objects(verb, "with") for s in find_people(actors, block, noun)]
    if frame in ("mutual", "with", "signed", "person"):
        return _as(Role.PARTICIPANT, [*doers, *([] if frame in ("with", "signed") else objects), *company])
    if frame == "place":
        hosts = [s for s in objects if s.kind is SourceKind.PERSON]
        return [*_as(Role.VISITOR, doers), *_as(Role.HOST, hosts)]
    if frame in ("to", "for"):
        return [*_as(Role.VISITOR, doers), *_as(Role.VISITOR, company)]
    if frame == "sent":
        return _as(Role.VISITOR, [s for s in objects if s.kind is not SourceKind.GOVERNMENT])
    if frame == "host":
        return [*_as(Role.HOST, doers), *_as(Role.PARTICIPANT, objects)]
    if frame == "company":
        return [*_as(Role.VISITOR, objects), *_as(Role.VISITOR, doers)]
    if frame == "by_phone":
        others = [s for _, noun in iter_objects(verb, "to", "with") for s in find_people(actors, block, noun)]
        return _as(Role.PARTICIPANT, [*doers, *others])
    if frame == "before":
        panel = [s for _, noun in iter_objects(verb, "before", "to", "at") for s in find_people(actors, block, noun)]
        return [*_as(Role.PARTICIPANT, doers), *_as(Role.HOST, panel)]
    return _as(Role.PARTICIPANT, doers)
