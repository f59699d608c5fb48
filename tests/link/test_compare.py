"""Accounts side by side: support, contradiction, scope; never a verdict."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from communique.link import link
from communique.model import (
    AgendaItem,
    Annotations,
    Assertion,
    Comparison,
    Linked,
    Measure,
    MeasureKind,
    PartKind,
    Phase,
    Property,
    Reading,
    Relation,
    Source,
    SourceKind,
    Statement,
    StatementForm,
    Status,
    TimeExpression,
    TimeType,
    Voice,
    VoiceKind,
    content_id,
)
from communique.model import EngagementKind as Kind
from tests.link.build import Report, when

ANNA, PAUL = "Anna Weber", "Paul Novak"


def tell(text: str, kind: Kind = Kind.MEETING, **told: Any) -> Reading:
    """A report of one engagement of the two; a visit is Anna Weber's."""
    written = Report(f"{text} {ANNA}, {PAUL}.").knows(ANNA).knows(PAUL)
    if kind is Kind.VISIT:
        written.tells(text, kind, visitor=ANNA, **told)
    else:
        written.tells(text, kind, ANNA, PAUL, **told)
    return written.read()


def relations(linked: Linked, name: str) -> list[Relation]:
    return sorted(row.relation for row in linked.comparisons if row.property == name)


def only(linked: Linked, name: str) -> Comparison:
    (row,) = (row for row in linked.comparisons if row.property == name)
    return row


def test_the_same_day_twice_corroborates() -> None:
    row = only(link([tell("They met.", day="2024-05-07"), tell("They sat down.", day="2024-05-07")]), "when")
    assert (row.relation, row.reason) == (Relation.CORROBORATES, "2 independent reports give the same")
    assert [value.value for value in row.values] == ["2024-05-07", "2024-05-07"]


def test_a_month_is_broader_than_its_day() -> None:
    linked = link([tell("They met.", day="2024-05-07"), tell("They sat down.", day="2024-05")])
    assert relations(linked, "when") == [Relation.BROADER]


def test_a_state_is_broader_than_its_town() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    linked = link([tell("They met.", place="Oslo", **days), tell("They sat down.", place="Norway", **days)])
    assert relations(linked, "place") == [Relation.BROADER]


def test_ranges_of_a_visit_that_differ_contradict() -> None:
    first = tell("From 7 to 8 May.", Kind.VISIT, day="2024-05-07/2024-05-08", place="Oslo")
    second = tell("From 7 to 9 May.", Kind.VISIT, day="2024-05-07/2024-05-09", place="Oslo")
    row = only(link([first, second]), "when")
    assert (row.relation, row.reason) == (Relation.CONTRADICTS, "first or last day differ")


def test_two_days_of_one_visit_do_not_contradict() -> None:
    first = tell("Came.", Kind.VISIT, day="2024-05-07", place="Oslo")
    assert relations(link([first, tell("Seen.", Kind.VISIT, day="2024-05-08", place="Oslo")]), "when") == []


def test_neighbouring_days_of_two_reports_are_shown_as_a_doubt() -> None:
    linked = link([tell("They met.", day="2024-05-07"), tell("They sat down.", day="2024-05-08")])
    assert len(linked.engagements) == 2
    row = only(linked, "when")
    assert row.relation is Relation.CONTRADICTS
    assert row.reason.startswith("two meetings, or one with two dates")
    assert {value.value for value in row.values} == {"2024-05-07", "2024-05-08"}


def test_lengths_in_one_unit_contradict_and_vague_ones_are_broader() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    exact = link([tell("They met.", duration="4 hours", **days), tell("They sat down.", duration="3 hours", **days)])
    assert relations(exact, "duration") == [Relation.CONTRADICTS]
    vague = link(
        [tell("They met.", duration="4 hours", **days), tell("They sat down.", duration="several hours", **days)]
    )
    assert relations(vague, "duration") == [Relation.BROADER]


def test_one_length_in_two_spellings_corroborates() -> None:
    def reading(text: str, words: str, value: str) -> Reading:
        told = tell(text, day="2024-05-07", duration=words)
        start = told.document.text.index(words)
        time = TimeExpression(told.document.id, start, start + len(words), words, TimeType.DURATION, value)
        return replace(told, annotations=replace(told.annotations, times=(time,)))

    first, second = (
        reading("They met for 4 hours.", "4 hours", "PT4H"),
        reading("Four hours long.", "Four hours", "PT4H"),
    )
    assert relations(link([first, second]), "duration") == [Relation.CORROBORATES]
    third = reading("They sat three hours.", "three hours", "PT3H")
    assert relations(link([first, third]), "duration") == [Relation.CONTRADICTS]


def test_that_it_was_cancelled_contradicts_that_it_happened() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    linked = link([tell("They met.", **days), tell("It was called off.", status=Status.CANCELLED, **days)])
    assert relations(linked, "status") == [Relation.CONTRADICTS]


def test_a_plan_does_not_contradict_what_happened() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    linked = link([tell("They met.", **days), tell("They will meet.", status=Status.PLANNED, **days)])
    assert relations(linked, "status") == []


def test_topics_stand_beside_each_other() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    linked = link([tell("They met.", topic="fish", **days), tell("They sat down.", topic="oil", **days)])
    assert relations(linked, "topic") == []


def test_one_report_alone_is_not_compared() -> None:
    assert link([tell("They met.", day="2024-05-07", mood="frank")]).comparisons == ()


def voiced(name: str, words: str, *speakers: str) -> Reading:
    """A report in which speakers assert a property of one meeting, each in other words of ``words``."""
    told = dict(zip(speakers, words.split("|"), strict=True))
    text = "They met. " + " ".join(f"{speaker} said it was {value}." for speaker, value in told.items())
    written = Report(f"{text} {ANNA}, {PAUL}.").knows(ANNA).knows(PAUL)
    meeting = written.tells("They met.", Kind.MEETING, ANNA, PAUL, day="2024-05-07")
    document = written.document
    assertions, statements = [], []
    for speaker, value in told.items():
        start = document.text.index(value)
        evidence = document.evidence(start, start + len(value))
        source = Source(speaker, SourceKind.PERSON, written.referents[speaker].id)
        assertions.append(Assertion(Property(name), value, evidence, source))
        id = content_id("stm", document.id, start)
        told_form = StatementForm.INDIRECT
        statements.append(Statement(id, document.id, PartKind.BODY, told_form, (evidence,), None, source))
    written.events[-1] = replace(meeting, assertions=tuple(assertions))
    written.rows = Annotations(statements=tuple(statements))
    return written.read()


def test_two_voices_in_one_report_contradict_each_other() -> None:
    row = only(link([voiced("mood", "friendly|tense", ANNA, PAUL)]), "mood")
    assert row.relation is Relation.CONTRADICTS
    assert [value.voice and value.voice.name for value in row.values] == [ANNA, PAUL]


def test_one_voice_does_not_contradict_itself() -> None:
    reading = voiced("mood", "friendly|tense", ANNA, PAUL)
    (event,) = reading.annotations.events
    first = event.assertions[0].voice
    alone = replace(event, assertions=tuple(replace(a, voice=first) for a in event.assertions))
    statements = tuple(replace(s, source=first) for s in reading.annotations.statements)
    told = replace(reading.annotations, events=(alone,), statements=statements)
    assert relations(link([Reading(reading.document, told)]), "mood") == []


def test_a_speaker_quoted_by_two_papers_counts_once() -> None:
    again = voiced("mood", "friendly", ANNA)
    other = Report(f"Weber found it friendly. They met. {ANNA}, {PAUL}.").knows(ANNA).knows(PAUL)
    other.tells("They met.", Kind.MEETING, ANNA, PAUL, day="2024-05-07")
    start = other.text.index("friendly")
    evidence = other.document.evidence(start, start + len("friendly"))
    source = Source(ANNA, SourceKind.PERSON, other.referents[ANNA].id)
    other.events[-1] = replace(other.events[-1], assertions=(Assertion(Property.MOOD, "friendly", evidence, source),))
    other.rows = Annotations(
        statements=(
            Statement("stm-1", other.document.id, PartKind.BODY, StatementForm.INDIRECT, (evidence,), None, source),
        )
    )
    row = only(link([again, other.read()]), "mood")
    assert (row.relation, row.reason) == (Relation.SAME_CHAIN, f"all who give it quote one source: {ANNA}")


def test_a_dispute_over_a_topic_is_shown_by_voice() -> None:
    written = Report(f"They met. Fish came up. Fish did not. {ANNA}, {PAUL}.").knows(ANNA).knows(PAUL)
    meeting = written.tells("They met.", Kind.MEETING, ANNA, PAUL, day="2024-05-07")
    items = []
    for words, phase, name in (("Fish came up.", Phase.ADDRESSED, ANNA), ("Fish did not.", Phase.AVOIDED, PAUL)):
        start = written.text.index(words)
        evidence = written.document.evidence(start, start + len(words))
        voice = Voice(VoiceKind.SPEAKER, written.referents[name].id, name)
        items.append(AgendaItem(f"agd-{name}", written.document.id, meeting.id, "fish", phase, voice, (evidence,)))
    written.rows = Annotations(agenda=tuple(items))
    row = only(link([written.read()]), "topic")
    assert row.relation is Relation.CONTRADICTS
    assert {(v.value, v.voice and v.voice.name) for v in row.values} == {("fish", ANNA), ("fish: not discussed", PAUL)}


def test_one_day_in_two_cities_is_shown_as_a_doubt() -> None:
    days: dict[str, Any] = {"day": "2024-05-07"}
    linked = link([tell("They met.", place="Oslo", **days), tell("They sat down.", place="Bergen", **days)])
    assert relations(linked, "place") == [Relation.CONTRADICTS]


def test_an_answer_before_its_cause_is_compared() -> None:
    report = Report("The moon ban of 2023 answers the lake list of 2024.")
    rows = []
    for words, year in (("moon ban", "2023"), ("lake list", "2024")):
        start = report.text.index(words)
        evidence = report.document.evidence(start, start + len(words))
        told = (MeasureKind.BAN, words, None, (), when(year), Status.HAPPENED, (evidence,))
        rows.append(Measure(f"msr-{words}", report.document.id, *told))
    report.rows = Annotations(measures=(replace(rows[0], answers=rows[1].id), rows[1]))
    row = only(link([report.read()]), "order")
    assert (row.about, row.relation) == (rows[0].id, Relation.CONTRADICTS)
    assert [value.value for value in row.values] == ["moon ban, 2023", "lake list, 2024"]
