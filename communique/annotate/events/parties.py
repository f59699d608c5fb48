"""Who took part in what a trigger names, in which role, by the parse around it.

For a noun: its owner (`owners`), its complements ("talks with", "between", "visit by"), the verb that
carries it ("held", "hosted", "skipped"), and, where it names only the other side, the subject of the sentence ("said
after talks with his counterpart"). For a verb: by its frame in the table.

Does not judge whether there was an engagement; an empty tuple means that nobody is named.
"""

from __future__ import annotations

from itertools import islice

from spacy.tokens import Token

from communique.annotate.clauses import (
    MAX_TOKENS,
    crosses_verb,
    find_agent,
    find_agents,
    find_subject,
    get_children,
    get_lemma,
    is_negated,
    iter_objects,
)
from communique.annotate.events.company import find_accompanied, find_companions
from communique.annotate.events.doers import find_doer, find_doers, stays_away
from communique.annotate.events.officials import is_of_office, is_official
from communique.annotate.events.owners import SHARED, find_of_sentence, find_owners
from communique.annotate.events.people import Party, as_parties, find_people
from communique.annotate.events.triggers import Trigger, get_words
from communique.annotate.who.actors import Actors
from communique.model import EngagementKind, EntityKind, Role, Source, SourceKind


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
    if source.entity is None and (source.quote or "").lower() not in ("he", "she", "they", "who", "i", "we"):
        return is_of_office(source)
    return source.kind in (SourceKind.PERSON, SourceKind.COLLECTIVE, SourceKind.ANONYMOUS, SourceKind.ORGANIZATION)


# --- nouns ----------------------------------------------------------------------------------------


def _find_of_noun(trigger: Trigger, actors: Actors) -> list[Party]:
    main = Role.VISITOR if trigger.kind is EngagementKind.VISIT else Role.PARTICIPANT
    parties = find_owners(trigger, actors, main)
    carried = _find_by_carrier(trigger, actors, main)
    others = [*_find_complements(trigger, actors), *_find_witnesses(trigger, actors)]
    subject = find_of_sentence(trigger, actors, main, parties or carried, others)
    return [*parties, *carried, *subject, *others]


def _find_complements(trigger: Trigger, actors: Actors) -> list[Party]:
    token, block, kind = trigger.token, trigger.block, trigger.kind
    names = {"with": Role.PARTICIPANT, "between": Role.PARTICIPANT, "among": Role.PARTICIPANT}
    if kind is EngagementKind.VISIT:
        names = {"with": Role.PARTICIPANT, "by": Role.VISITOR}
    elif kind in (EngagementKind.LETTER, EngagementKind.CALL):
        names |= {"to": Role.PARTICIPANT, "from": Role.PARTICIPANT}
    elif kind is EngagementKind.DINNER:
        names |= {"for": Role.PARTICIPANT}
    elif trigger.carrier is not None and get_lemma(trigger.carrier) == "pay":
        names |= {"on": Role.PARTICIPANT}  # "paid a call on"
    parties: list[Party] = []
    for preposition, noun in iter_objects(token):
        word = preposition.lower_
        if word in names:
            parties += as_parties(names[word], find_people(actors, block, noun))
        elif word == "of" and kind in SHARED:
            parties += as_parties(
                Role.PARTICIPANT, [s for s in find_people(actors, block, noun) if s.kind is not SourceKind.DOCUMENT]
            )
        elif (
            word == "to"
            and kind is EngagementKind.VISIT
            and actors.place(block, noun) is None
            and trigger.manner != "plan"
        ):
            parties += as_parties(
                Role.HOST,
                [
                    s
                    for s in find_people(actors, block, noun)
                    if s.kind is SourceKind.PERSON
                    or (noun.pos_ == "NOUN" and get_lemma(noun) not in ("country", "nation", "state"))
                ],
            )
    if not parties and kind is not EngagementKind.VISIT:
        parties = [
            p for noun in _find_strayed(token) for p in as_parties(Role.PARTICIPANT, find_people(actors, block, noun))
        ]
    return parties


def _find_witnesses(trigger: Trigger, actors: Actors) -> list[Party]:
    """ "signed in the presence of the king"."""
    verb = trigger.carrier
    if verb is None or trigger.kind not in (EngagementKind.SIGNING, EngagementKind.CEREMONY):
        return []
    presences = [noun for _, noun in iter_objects(verb, "in") if noun.lower_ == "presence"]
    nouns = [noun for presence in presences for _, noun in iter_objects(presence, "of")]
    return [p for noun in nouns for p in as_parties(Role.PARTICIPANT, find_people(actors, trigger.block, noun))]


def _find_strayed(token: Token) -> list[Token]:
    """What follows "between" or "with" further down in a noun's phrase, where the parser hung it on another noun."""
    below = [
        t for t in islice(token.subtree, MAX_TOKENS)
        if t.i > token.i and t.lower_ in ("between", "with") and t.dep_ == "prep" and not crosses_verb(t, token)
    ]  # fmt: skip
    if not below:
        # "at a meeting 3 June with teachers": hung on the verb.
        for following in token.doc[token.i + 1 : token.i + 7]:
            if following.lower_ in ("between", "with") and following.dep_ == "prep":
                below = [following]
            elif following.ent_type_ in ("DATE", "TIME", "GPE", "FAC", "CARDINAL") or following.lower_ in (
                "in",
                "on",
                "at",
                "here",
                "late",
            ):
                continue
            break
    return [noun for preposition in below for noun in get_children(preposition, "pobj")]


def _find_by_carrier(trigger: Trigger, actors: Actors, main: Role) -> list[Party]:
    verb, manner = trigger.carrier, trigger.manner
    if verb is None or manner in ("", "copula", "predicate"):
        return []
    subject = find_doer(verb)
    doers = find_agents(verb)[1:] if subject is not None and get_children(verb, "agent") else []
    people = [s for noun in (subject, *doers) if noun is not None for s in find_people(actors, trigger.block, noun)]
    if manner in ("plan", "cancel", "postpone", "expect", "deny"):
        people = [s for s in people if s.kind is SourceKind.PERSON] if trigger.token.dep_ == "dobj" else []
        if get_children(trigger.token, "poss") or (
            main is Role.PARTICIPANT and not any(iter_objects(trigger.token, "with"))
        ):
            return []
        return as_parties(main, people)
    if manner == "absent" or (manner == "hold" and stays_away(verb)):
        return as_parties(Role.ABSENT, people, present=False)
    if manner == "host" or (trigger.kind is EngagementKind.DINNER and get_lemma(verb) == "give"):
        guests = [s for _, noun in iter_objects(verb, "for") for s in find_people(actors, trigger.block, noun)]
        guests = guests if trigger.kind is EngagementKind.DINNER else []
        others = [*_with(trigger, actors, verb), *as_parties(Role.PARTICIPANT, guests)]
        return [*as_parties(Role.HOST, people), *others]
    if get_lemma(verb) in get_words("carriers", "mediators") and any(
        iter_objects(trigger.token, "between", "with", "among")
    ):
        return as_parties(Role.MEDIATOR, people) if main is Role.PARTICIPANT else []
    if get_lemma(verb) == "be" and main is Role.PARTICIPANT and not _is_guest(trigger):
        return []
    if trigger.kind is EngagementKind.LETTER:
        return _find_correspondents(trigger, actors, people)
    present = None if get_lemma(verb) == "invite" else True
    return [*as_parties(main, people, present), *_with(trigger, actors, verb)]


def _is_guest(trigger: Trigger) -> bool:
    """ "was at the state dinner"; "the ministers were in talks" may be others."""
    if any(iter_objects(trigger.token, "with")):
        return True  # "had been in talks with the rebels"
    is_table = trigger.kind in (EngagementKind.DINNER, EngagementKind.CEREMONY, EngagementKind.CONFERENCE)
    return is_table and trigger.token.dep_ == "pobj" and trigger.token.head.lower_ == "at"


def _find_correspondents(trigger: Trigger, actors: Actors, people: list[Source]) -> list[Party]:
    """ "handed the king a letter", "sent a letter to the king"; "from" another: who hands it over carries it."""
    verb, noun = trigger.carrier, trigger.token
    if verb is None:
        return []
    is_carried = any(iter_objects(noun, "from")) or bool(get_children(noun, "poss"))
    to = [*get_children(verb, "dative"), *(n for _, n in iter_objects(verb, "to"))]
    to += [n for told in get_children(noun, "acl") if get_lemma(told) == "address" for _, n in iter_objects(told, "to")]
    to += [owner for _, hand in iter_objects(verb, "into") for owner in get_children(hand, "poss")]
    nouns = [one for one in to if one.dep_ != "dative" or one.pos_ != "ADP"]
    receivers = [source for one in nouns for source in find_people(actors, trigger.block, one)]
    return as_parties(Role.PARTICIPANT, [*([] if is_carried else people), *receivers])


def _with(trigger: Trigger, actors: Actors, verb: Token) -> list[Party]:
    """ "held talks in Geneva with the envoy": the parser hangs "with" on the verb."""
    nouns = [noun for _, noun in iter_objects(verb, "with", "between", "among")]
    return [p for noun in nouns for p in as_parties(Role.PARTICIPANT, find_people(actors, trigger.block, noun))]


# --- verbs ----------------------------------------------------------------------------------------


def _find_of_verb(trigger: Trigger, actors: Actors) -> list[Party]:
    verb, block, frame = trigger.token, trigger.block, trigger.frame
    if frame in ("company", "presence"):
        return _find_company(trigger, actors)
    subject = find_doer(verb)
    doers = [s for noun in find_doers(verb, subject) for s in find_people(actors, block, noun)]
    objects = [
        s for noun in get_children(verb, "dobj", "nsubjpass", "dative") for s in find_people(actors, block, noun)
    ]
    if not objects and frame == "person":  # "called Premier Rey on Monday"
        named = (noun for noun in get_children(verb, "oprd") if actors.is_person_name(block, noun))
        objects = [s for noun in named for s in find_people(actors, block, noun)]
    if not objects and get_children(verb, "auxpass") and (guest := find_subject(verb)) is not None:
        objects = find_people(actors, block, guest)  # "came to Lima and was received by the president"
    with_whom = [*iter_objects(verb, "with")]
    if with_whom:
        # "with Minister Paz, Premier Rey and": the parser hangs the second of a list on the verb.
        strays = (child for child in get_children(verb, "npadvmod", "dep", "oprd") if child.i > verb.i)
        with_whom += [(verb, child) for child in strays if actors.is_person_name(block, child)]
    if frame == "signed":
        with_whom += [pair for noun in get_children(verb, "dobj") for pair in iter_objects(noun, "with")]
    company = [s for _, noun in with_whom for s in find_people(actors, block, noun)]
    if frame in ("mutual", "with", "signed", "person", "greeting", "call_on"):
        called = [s for _, noun in iter_objects(verb, "on") for s in find_people(actors, block, noun)]
        met = {"with": [], "signed": [], "call_on": called}.get(frame, objects)
        witnesses = _find_witnesses(trigger, actors) if frame == "signed" else []
        return [*as_parties(Role.PARTICIPANT, [*doers, *met, *company]), *witnesses]
    if frame == "brought":
        persons = [s for s in objects if s.kind is SourceKind.PERSON]
        return [*as_parties(Role.MEDIATOR, doers), *as_parties(Role.PARTICIPANT, persons)]
    if frame == "place":
        hosts = [s for s in objects if s.kind is SourceKind.PERSON]
        persons = [s for s in company if s.kind is SourceKind.PERSON]
        return [*as_parties(Role.VISITOR, [*doers, *persons]), *as_parties(Role.HOST, hosts)]
    if frame in ("seen", "discussed"):
        spoken_to = [s for _, noun in iter_objects(verb, "to") for s in find_people(actors, block, noun)]
        others = company if frame == "discussed" else [*objects, *company, *spoken_to]
        speakers = [s for s in doers if s.kind is SourceKind.PERSON]
        is_caller = get_lemma(verb) == "see" and any(is_official(s, actors) for s in speakers)
        known = [s for s in others if s.entity is not None and actors.referent(s.entity).kind is not EntityKind.PLACE]
        met = [s for s in known if is_official(s, actors) or (is_caller and _is_named(s))]
        if not speakers or (frame == "discussed" and not met):
            return []  # "the two discussed trade": at what is told beside
        return as_parties(Role.PARTICIPANT, [*speakers, *met])
    if frame == "stay":
        return as_parties(Role.VISITOR, [s for s in doers if s.kind is SourceKind.PERSON])
    if frame == "due":
        return as_parties(Role.VISITOR, [*doers, *objects])
    if frame in ("to", "for", "from", "shuttle"):
        return [*as_parties(Role.VISITOR, doers), *as_parties(Role.VISITOR, company)]
    if frame == "sent":
        return as_parties(Role.VISITOR, [s for s in objects if s.kind is not SourceKind.GOVERNMENT])
    if frame == "host":
        persons = [s for s in objects if s.kind is SourceKind.PERSON]
        return [*as_parties(Role.HOST, doers), *as_parties(Role.PARTICIPANT, persons or objects)]
    if frame == "by_phone":
        others = [s for _, noun in iter_objects(verb, "to", "with") for s in find_people(actors, block, noun)]
        if get_lemma(verb) in ("brief", "inform"):
            others = objects
        return as_parties(Role.PARTICIPANT, [*doers, *others])
    if frame == "summon":
        hosts = [s for s in doers if s.kind is not SourceKind.PERSON or s.entity]
        desks = [s for _, noun in iter_objects(verb, "to", "by") for s in find_people(actors, block, noun)]
        return [*as_parties(Role.HOST, hosts or desks), *as_parties(Role.PARTICIPANT, objects)]
    if frame == "before":
        panel = [s for _, noun in iter_objects(verb, "before", "to", "at") for s in find_people(actors, block, noun)]
        return [*as_parties(Role.PARTICIPANT, doers), *as_parties(Role.HOST, panel)]
    return as_parties(Role.PARTICIPANT, doers)


def _is_named(source: Source) -> bool:
    """Has a person a name of several words?"""
    return source.kind is SourceKind.PERSON and " " in source.name


def _find_company(trigger: Trigger, actors: Actors) -> list[Party]:
    """Who accompanied whom, or who also took part; on a journey they are visitors."""
    verb, block = trigger.token, trigger.block
    others = [s for noun in find_companions(verb) for s in find_people(actors, block, noun)]
    if trigger.frame == "presence":
        guests = [s for noun in get_children(verb, "dobj") for s in find_people(actors, block, noun)]
        is_away = is_negated(verb)
        if find_agent(verb) is not None:  # "A was joined by B"
            guests = [s for noun in find_accompanied(verb) for s in find_people(actors, block, noun)]
        others = [s for s in others if s.kind is SourceKind.PERSON or is_official(s, actors)]
        return as_parties(Role.ABSENT if is_away else Role.PARTICIPANT, [*others, *guests], present=not is_away)
    led = [s for noun in find_accompanied(verb) for s in find_people(actors, block, noun)]
    return [*as_parties(Role.VISITOR, led), *as_parties(Role.VISITOR, others)]
