"""Where an engagement was: by its own words, by "here", or by the journey on which it was."""

from __future__ import annotations

from communique.annotate.events.datelines import find_here
from communique.annotate.events.people import Party
from communique.annotate.events.places import find_places
from communique.annotate.events.stays import find_journey
from communique.annotate.events.triggers import Trigger
from communique.annotate.who.actors import Actors
from communique.model import EngagementKind, Place, SourceKind

# A journey is looked for among so many triggers before.
JOURNEY_REACH = 12


def find_where(trigger: Trigger, triggers: list[Trigger], parties: tuple[Party, ...], actors: Actors) -> list[Place]:
    """The places of an engagement: its own, "here", or where the journey went on which it was."""
    places = find_places(trigger, actors)
    if not places and (behind := _find_behind(trigger, parties, actors)) is not None:
        places = [behind]
    if not places and (here := find_here(trigger, actors)) is not None:
        places = [here]
    journey = find_journey(trigger, triggers) if not places else None
    where = find_places(journey, actors) if journey is not None else []
    return where if len(where) == 1 else places


def _find_behind(trigger: Trigger, parties: tuple[Party, ...], actors: Actors) -> Place | None:
    """ "met Minister Paz and Minister Rey in Lima": the town behind the last name, wherever the parser hangs it."""
    block = trigger.block
    ends = [party.source.end for party in parties if party.source.kind is SourceKind.PERSON and party.source.end]
    at = max(ends, default=0) - block.start
    if trigger.kind is EngagementKind.VISIT or at <= trigger.token.idx:
        return None
    sentence = trigger.token.sent
    following = [token for token in sentence if token.idx >= at and not actors.is_person_name(block, token)][:3]
    if len(following) < 2 or following[0].lower_ not in ("in", "at"):
        return None
    return next((place for token in following[1:] if (place := actors.place(block, token)) is not None), None)
