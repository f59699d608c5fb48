"""The PLOVER code of an engagement: what kind of event it is to those who count events.

By status first (a future meeting is AGREE, a cancelled one REJECT), then by kind, then by who takes part. The codes and
their source are in ``tables/plover.toml``. Who is actor and who recipient is told by the roles of the participants: the
visitor is actor, the host recipient; in a mutual meeting all are actors.
"""

from __future__ import annotations

from collections.abc import Iterable

from communique.model import Code, EngagementKind, Participant, Role, Status
from communique.tables import load_table


def find_code(kind: EngagementKind, status: Status, participants: Iterable[Participant], n_states: int) -> Code:
    """Event and mode; both empty where PLOVER has no code.

    Args:
        kind: Of the engagement.
        status: Of the engagement, over all reports.
        participants: For mediators among them.
        n_states: How many states are known to take part.
    """
    table = load_table("plover")
    if status.value in table["status"]:
        return Code(*table["status"][status.value])
    event, mode = table["kind"][kind.value]
    if event == "CONSULT" and not mode:
        if any(participant.role is Role.MEDIATOR for participant in participants):
            mode = table["participants"]["mediator"]
        elif n_states >= 3:
            mode = table["participants"]["multilateral"]
    return Code(event, mode)
