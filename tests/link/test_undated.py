"""A report without a date lies between what it tells as past and what it still expects."""

from __future__ import annotations

from collections.abc import Sequence

from communique.link import link
from communique.link.entities import link_entities
from communique.link.undated import infer_published
from communique.model import Basis, Reading, When
from communique.model import EngagementKind as Kind
from tests.link.story import write_first_meeting, write_preview, write_review, write_story
from tests.link.test_engagements import one_meeting


def infer(readings: Sequence[Reading]) -> dict[str, When]:
    return infer_published(readings, link(readings).engagements, link_entities(readings))


def test_the_preview_was_written_on_the_day_of_the_arrival() -> None:
    story = write_story()
    found = infer(story)
    assert set(found) == {write_preview().document.id}
    when = found[write_preview().document.id]
    assert (when.edtf, when.basis) == ("2024-05-07", Basis.INFERRED)
    assert {evidence.quote for evidence in when.evidence} >= {"Ruiz has arrived in Oslo"}


def test_what_no_other_report_tells_bounds_nothing() -> None:
    alone = [write_first_meeting(), write_review()]
    assert infer(alone) == {}


def test_a_bound_on_one_side_is_not_a_date() -> None:
    readings = [one_meeting("They met.", day="2024-05-07"), one_meeting("After they met.")]
    linked = link(readings)
    assert [row.kind for row in linked.engagements] == [Kind.MEETING]
    assert infer(readings) == {}
