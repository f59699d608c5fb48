"""Where an engagement was: by its own words, by "here", or by the journey on which it was."""

from __future__ import annotations

from communique.annotate.events.datelines import find_here
from communique.annotate.events.places import find_places
from communique.annotate.events.stays import find_journey
from communique.annotate.events.triggers import Trigger
from communique.annotate.who.actors import Actors
from communique.model import Place

# A journey is looked for among so many triggers before.
JOURNEY_REACH = 12


def find_where(trigger: Trigger, triggers: list[Trigger], actors: Actors) -> list[Place]:
    """The places of an engagement: its own, "here", or where the journey went on which it was."""
    places = find_places(trigger, actors)
    if not places and (here := find_here(trigger, actors)) is not None:
        places = [here]
    journey = find_journey(trigger, triggers) if not places else None
    where = find_places(journey, actors) if journey is not None else []
    return where if len(where) == 1 else places
