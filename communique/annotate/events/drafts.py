"""An event mention while it is made, and what its words tell of which engagement is meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from communique.annotate.clauses import get_children
from communique.annotate.events.people import Party
from communique.annotate.events.triggers import Trigger
from communique.model import Assertion, EngagementKind, Place, Role, Status, When


@dataclass(slots=True, eq=False)
class Draft:
    """An event mention while it is made. ``same`` is the first draft of the same engagement."""

    trigger: Trigger
    parties: tuple[Party, ...]
    date: When | None
    place: Place | None
    status: Status | None
    assertions: tuple[Assertion, ...]
    is_quoted: bool
    extra: str = ""
    is_history: bool = False  # dated long before its report
    near: When | None = None  # the day of the journey that its sentence tells
    officials: int = 0  # so many of the parties take part by office
    same: Draft | None = None
    parent: Draft | None = None
    names: frozenset[str] = field(default_factory=frozenset)


def get_names(parties: Iterable[Party]) -> frozenset[str]:
    """Who took part, for comparing: those absent are left out."""
    return frozenset(p.source.entity or p.source.name.lower() for p in parties if p.role is not Role.ABSENT)


def is_definite(trigger: Trigger) -> bool:
    """ "the visit", "this meeting", "his trip": points back, or to what everybody knows."""
    token = trigger.token
    if any(child.lower_ in ("the", "this", "that", "these", "those") for child in get_children(token, "det")):
        return True
    return bool(get_children(token, "poss"))


def is_named(trigger: Trigger) -> bool:
    """ "the G8 summit", "the Munich Security Conference": an engagement with a name of its own."""
    return (
        trigger.is_noun
        and trigger.kind is not EngagementKind.VISIT
        and any(
            c.dep_ in ("compound", "nmod")
            and c.text[0].isupper()
            and c.ent_type_ not in ("PERSON", "GPE", "DATE")
            and (c.pos_ == "PROPN" or any(x.isdigit() for x in c.text))
            for c in trigger.token.lefts
        )
    )
