"""A record made by hand, with at least one row of everything, in documents written for it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest

from communique import model as m
from communique.codec import to_plain

Row = Mapping[str, Any]

WIRE = (
    "Ministers meet in Vienna\r\n\r\n"
    "VIENNA, 3 June 2014 — Foreign Minister Ada Holm of Norland met her colleague Piet Vane in Vienna on Monday. "
    "The talks ended before midnight, officials said.\r\n\r\n"
    "\u201cWe spoke about the fishing ban for an hour,\u201d Holm told reporters.\r\n\r\n"
    "A ministry spokesman denied that visas had been on the table. Vane promised to send a draft by August, "
    "if parliament agrees.\r\n"
)
PAPER = (
    "Late night for diplomats\n"
    "By Rosa Quill\n\n"
    "The dinner that followed the talks between Ms. Holm and Mr. Vane went on until two in the morning, and "
    "the ministers looked tired. Holm said, according to a tweet of her ministry, that she was "
    "\u201cquite content\u201d\u00a0\u2014 a word she rarely uses.\n\n"
    "Analysts say the ban may be lifted next year. Norland imposed the fishing ban after Ostria closed its ports.\n\n"
    "Tom B., Ostria\n"
    "Nobody asked the fishermen. My cousin heard Vane say the ban would stay.\n\n"
    "Support our newspaper! \U0001f4f0 Subscribe now.\n"
)
HOSTILE = (
    "<script>alert('x')</script> & <b>bold</b>\n\n"
    'The envoy "><img src=x onerror=alert(1)> arrives on a Tuesday for talks.\n\n'
    "{{ 7 * 7 }} {% raw %} &lt;already&gt; \u202egnidaer\u202c javascript:alert(1)\n"
)


@dataclass
class FakeRecord:
    """The two methods that the site asks of a record."""

    tables: dict[str, list[Row]]
    texts: dict[str, m.Document]

    def rows(self, noun: str) -> Iterable[Row]:
        return iter(self.tables.get(noun, []))

    def document(self, id: str) -> m.Document:
        return self.texts[id]


def flat(document: m.Document) -> Row:
    """A document row as a record gives it out: facts flattened, without the text."""
    facts = ("title", "publisher", "author", "url", "language", "standpoint")
    row: dict[str, Any] = {
        "facts": {name: to_plain(getattr(document, name)) for name in facts},
        "copies": [{"file": f"copy of {document.file}"}],
        "id": document.id,
        "file": document.file,
        "sha256": document.sha256,
        "n_chars": len(document.text),
        "published": to_plain(document.published),
        "parts": to_plain(document.parts),
    }
    for name in facts:
        fact = getattr(document, name)
        row[name] = fact.value if fact else None
    row["publisher_basis"] = str(document.publisher.basis) if document.publisher else None
    return row


def fake_record(documents: Iterable[m.Document], **rows: Iterable[Any]) -> FakeRecord:
    documents = list(documents)
    tables: dict[str, list[Row]] = {noun: [to_plain(row) for row in found] for noun, found in rows.items()}  # type: ignore[misc]
    return FakeRecord({"documents": [flat(d) for d in documents], **tables}, {d.id: d for d in documents})


def in_words(document: m.Document, words: str, nth: int = 0) -> m.Evidence:
    """The evidence for the n-th place where a document has some words."""
    start = -1
    for _ in range(nth + 1):
        start = document.text.index(words, start + 1)
    return document.evidence(start, start + len(words))


def day(first: str, last: str | None = None, **more: Any) -> m.When:
    last = last or first
    given = {
        "edtf": first if first == last else f"{first}/{last}",
        "precision": m.Precision.DAY,
        "basis": m.Basis.STATED,
    }
    return m.When(start=date.fromisoformat(first), end=date.fromisoformat(last), **{**given, **more})


def make_document(file: str, text: str, cuts: list[tuple[m.PartKind, str, str | None]], **more: Any) -> m.Document:
    """A document whose parts begin at the given words."""
    starts = [text.index(words) for _, words, _ in cuts] + [len(text)]
    parts = tuple(
        m.Part(kind, start, start + len(text[start:end].rstrip()), author=author)
        for (kind, _, author), start, end in zip(cuts, starts, starts[1:], strict=False)
    )
    digest = hashlib.sha256(text.encode()).hexdigest()
    return m.Document(m.content_id("doc", text), file, digest, text, parts=parts, **more)


def documents() -> tuple[m.Document, m.Document, m.Document]:
    kinds = m.PartKind
    wire = make_document(
        "wire.txt",
        WIRE,
        [(kinds.TITLE, "Ministers", None), (kinds.BODY, "VIENNA", None)],
        title=m.Fact("Ministers meet in Vienna", m.Basis.PRINTED),
        publisher=m.Fact("Northern Wire", m.Basis.SET),
        language=m.Fact("en", m.Basis.INFERRED),
        published=day("2014-06-03", basis=m.Basis.PRINTED),
    )
    paper = make_document(
        "folder/paper.txt",
        PAPER,
        [
            (kinds.TITLE, "Late night", None),
            (kinds.BYLINE, "By Rosa", None),
            (kinds.BODY, "The dinner", None),
            (kinds.COMMENT, "Tom B.", "Tom B."),
            (kinds.NOTICE, "Support", None),
        ],
        title=m.Fact("Late night for diplomats", m.Basis.PRINTED),
        author=m.Fact("Rosa Quill", m.Basis.PRINTED),
        standpoint=m.Fact("critical of both governments", m.Basis.SET),
    )
    hostile = make_document(
        "a <b>&\"'.txt",
        HOSTILE,
        [],
        title=m.Fact("<script>alert('x')</script>", m.Basis.PRINTED),
        publisher=m.Fact('"><svg onload=alert(2)>', m.Basis.SET),
        language=m.Fact('en" onmouseover="alert(3)', m.Basis.SET),
        published=m.When("2014", date(2014, 1, 1), date(2014, 12, 31), m.Precision.YEAR, m.Basis.INFERRED),
    )
    return wire, paper, hostile


def _actor(name: str, entity: str | None = None, kind: m.SourceKind = m.SourceKind.PERSON) -> m.Source:
    return m.Source(name, kind, entity)


def rich_record() -> FakeRecord:
    wire, paper, hostile = documents()
    holm, vane, norland = "ent-holm", "ent-vane", "ent-norland"
    vienna, ministry, ban, envoy = "ent-vienna", "ent-ministry", "ent-ban", 'ent-"><script>'
    names = [
        (
            holm,
            m.EntityKind.PERSON,
            "Ada Holm",
            [(wire, "Ada Holm"), (wire, "Holm told"[:4]), (paper, "Holm"), (paper, "she")],
        ),
        (vane, m.EntityKind.PERSON, "Piet Vane", [(wire, "Piet Vane"), (wire, "Vane promised"[:4]), (paper, "Vane")]),
        (norland, m.EntityKind.GOVERNMENT, "Norland", [(wire, "Norland"), (paper, "Norland")]),
        (vienna, m.EntityKind.PLACE, "Vienna", [(wire, "Vienna"), (wire, "VIENNA")]),
        (ministry, m.EntityKind.ORGANIZATION, "Foreign Ministry", [(wire, "ministry"), (paper, "ministry")]),
        (ban, m.EntityKind.INSTRUMENT, "fishing ban", [(wire, "fishing ban"), (paper, "fishing ban")]),
        (envoy, m.EntityKind.PERSON, '"><img src=x onerror=alert(1)>', [(hostile, "envoy")]),
    ]
    office = m.Office(
        "Foreign Minister",
        "Norland",
        start="2013-09",
        as_of="2014-06-03",
        evidence=(in_words(wire, "Foreign Minister"),),
    )
    entities = [
        m.Entity(
            id,
            kind,
            name,
            (name, found[-1][1]),
            (office,) if id == holm else (),
            tuple(in_words(d, w) for d, w in found),
            reasons=("one full name holds the other",),
        )
        for id, kind, name, found in names
    ]
    mentions = [
        m.Mention(e.document, e.start, e.end, e.quote, entity.kind, m.MentionForm.NAME, entity.id)
        for entity in entities
        for e in entity.mentions
    ]
    visit_words = in_words(
        wire, "Foreign Minister Ada Holm of Norland met her colleague Piet Vane in Vienna on Monday."
    )
    dinner_words = in_words(
        paper, "The dinner that followed the talks between Ms. Holm and Mr. Vane went on until two in the morning"
    )
    early, late = in_words(wire, "ended before midnight"), in_words(paper, "went on until two in the morning")
    talks = m.Engagement(
        "eng-talks",
        m.EngagementKind.TALKS,
        "Talks of Holm and Vane in Vienna",
        m.Status.HAPPENED,
        None,
        day("2014-06-02", basis=m.Basis.RELATIVE, evidence=(in_words(wire, "on Monday"),)),
        m.Place("Vienna", vienna, "AT", (in_words(wire, "in Vienna"),)),
        (
            m.Participant("Ada Holm", m.Role.VISITOR, holm, "Foreign Minister", True, (in_words(wire, "Ada Holm"),)),
            m.Participant("Piet Vane", m.Role.HOST, vane, None, True, (in_words(wire, "Piet Vane"),)),
            m.Participant("a note-taker", m.Role.ABSENT, None, None, False),
        ),
        m.Code("CONSULT", "visit"),
        (
            m.EngagementEvidence(wire.id, visit_words.start, visit_words.end, visit_words.quote, m.Status.HAPPENED),
            m.EngagementEvidence(
                paper.id,
                *in_words(paper, "the talks between Ms. Holm and Mr. Vane").span,
                "the talks between Ms. Holm and Mr. Vane",
                m.Status.EXPECTED,
            ),
        ),
        (
            m.Account(
                wire.id,
                ("evt-1",),
                (
                    m.Assertion(
                        m.Property.END, "before midnight", early, _actor("officials", None, m.SourceKind.COLLECTIVE)
                    ),
                    m.Assertion(m.Property.PLACE, "Vienna", in_words(wire, "in Vienna")),
                ),
            ),
            m.Account(
                paper.id,
                ("evt-2",),
                (
                    m.Assertion(m.Property.END, "two in the morning", late),
                    m.Assertion(m.Property.MOOD, "tired", in_words(paper, "looked tired")),
                ),
            ),
        ),
        ("same people, same city, days that overlap",),
    )
    dinner = m.Engagement(
        "eng-dinner",
        m.EngagementKind.DINNER,
        "Dinner of the ministers",
        m.Status.HAPPENED,
        talks.id,
        day("2014-06-02", "2014-06-03", precision=m.Precision.RANGE, basis=m.Basis.INFERRED, note="late"),
        None,
        (m.Participant("Ada Holm", m.Role.PARTICIPANT, holm), m.Participant("Piet Vane", m.Role.PARTICIPANT, vane)),
        m.Code("CONSULT", "meet"),
        (m.EngagementEvidence(paper.id, dinner_words.start, dinner_words.end, dinner_words.quote, m.Status.HAPPENED),),
    )
    coming_words = in_words(hostile, "arrives on a Tuesday for talks")
    coming = m.Engagement(
        "eng-coming",
        m.EngagementKind.VISIT,
        "Visit of <i>the envoy</i>",
        m.Status.EXPECTED,
        None,
        m.When(None, None, None, m.Precision.UNKNOWN, m.Basis.STATED, (), "a Tuesday"),
        None,
        (m.Participant('"><img src=x onerror=alert(1)>', m.Role.VISITOR, envoy),),
        m.Code("AGREE", "visit"),
        (
            m.EngagementEvidence(
                hostile.id, coming_words.start, coming_words.end, coming_words.quote, m.Status.EXPECTED
            ),
        ),
    )
    statements = [
        m.Statement(
            "stm-hour",
            wire.id,
            m.PartKind.BODY,
            m.StatementForm.DIRECT,
            (in_words(wire, "We spoke about the fishing ban for an hour,"),),
            in_words(wire, "told"),
            _actor("Holm", holm),
            addressee=_actor("reporters", None, m.SourceKind.COLLECTIVE),
            made=day("2014-06-02", basis=m.Basis.RELATIVE),
            engagement=talks.id,
        ),
        m.Statement(
            "stm-visas",
            wire.id,
            m.PartKind.BODY,
            m.StatementForm.INDIRECT,
            (in_words(wire, "visas had been on the table"),),
            in_words(wire, "denied"),
            _actor("a ministry spokesman", None, m.SourceKind.ANONYMOUS),
            polarity=m.Polarity.DENIED,
        ),
        m.Statement(
            "stm-content",
            paper.id,
            m.PartKind.BODY,
            m.StatementForm.MIXED,
            (in_words(paper, "that she was \u201cquite content\u201d"),),
            in_words(paper, "said"),
            _actor("Holm", holm),
            (_actor("tweet of her ministry", ministry, m.SourceKind.ORGANIZATION),),
            engagement=talks.id,
        ),
        m.Statement(
            "stm-cousin",
            paper.id,
            m.PartKind.COMMENT,
            m.StatementForm.INDIRECT,
            (in_words(paper, "the ban would stay"),),
            in_words(paper, "say", 1),
            _actor("Vane", vane),
            (_actor("My cousin"), _actor("Tom B.")),
        ),
        m.Statement(
            "stm-nobody",
            hostile.id,
            m.PartKind.BODY,
            m.StatementForm.INDIRECT,
            (in_words(hostile, "<b>bold</b>"),),
            None,
            None,
        ),
    ]
    publisher, holm_voice = m.Voice(m.VoiceKind.PUBLISHER), m.Voice(m.VoiceKind.SPEAKER, holm, "Ada Holm")
    agenda = [
        m.AgendaItem(
            "agd-dinner",
            paper.id,
            "eng-dinner",
            "fishing ban",
            m.Phase.EXPECTED,
            publisher,
            (in_words(paper, "the ban"),),
        ),
        m.AgendaItem(
            "agd-ban", wire.id, talks.id, "fishing ban", m.Phase.ADDRESSED, holm_voice, (in_words(wire, "fishing ban"),)
        ),
        m.AgendaItem("agd-visas", wire.id, talks.id, "visas", m.Phase.AVOIDED, publisher, (in_words(wire, "visas"),)),
        m.AgendaItem("agd-none", paper.id, None, "ports", m.Phase.EXPECTED, publisher, (in_words(paper, "ports"),)),
    ]
    draft = in_words(wire, "Vane promised to send a draft by August")
    commitment = m.Commitment(
        "cmt-draft",
        wire.id,
        (_actor("Vane", vane),),
        (),
        "send a draft",
        "if parliament agrees",
        m.When(
            "2014-08",
            date(2014, 8, 1),
            date(2014, 8, 31),
            m.Precision.MONTH,
            m.Basis.RELATIVE,
            (in_words(wire, "by August"),),
        ),
        (draft,),
        m.CommitmentStatus.NO_FOLLOW_UP,
    )
    forecast = m.Forecast(
        "fct-ban",
        paper.id,
        _actor("Analysts", None, m.SourceKind.COLLECTIVE),
        "the ban may be lifted next year",
        "may",
        m.When("2015", date(2015, 1, 1), date(2015, 12, 31), m.Precision.YEAR, m.Basis.RELATIVE),
        talks.id,
        (in_words(paper, "the ban may be lifted next year"),),
        (),
        m.Resolution.NOT_BORNE_OUT,
        (in_words(paper, "the ban would stay"),),
    )
    measures = [
        m.Measure(
            "msr-ban",
            paper.id,
            m.MeasureKind.BAN,
            "fishing ban",
            _actor("Norland", norland, m.SourceKind.GOVERNMENT),
            (_actor("Ostria", None, m.SourceKind.GOVERNMENT),),
            day("2014-03-01"),
            m.Status.HAPPENED,
            (in_words(paper, "imposed the fishing ban"),),
            "msr-ports",
            m.OrderCheck.EFFECT_BEFORE_CAUSE,
        ),
        m.Measure(
            "msr-ports",
            paper.id,
            m.MeasureKind.OTHER,
            "closure of the ports",
            None,
            (),
            None,
            m.Status.HAPPENED,
            (in_words(paper, "closed its ports"),),
        ),
    ]
    comparisons = [
        m.Comparison(
            "cmp-end",
            talks.id,
            "end",
            m.Relation.CONTRADICTS,
            (
                m.ComparedValue("before midnight", wire.id, early, _actor("officials", None, m.SourceKind.COLLECTIVE)),
                m.ComparedValue("two in the morning", paper.id, late),
            ),
            "the hours exclude each other",
        ),
        m.Comparison(
            "cmp-chain",
            wire.id,
            "text",
            m.Relation.SAME_CHAIN,
            (m.ComparedValue("dinner", wire.id, visit_words), m.ComparedValue("dinner", paper.id, dinner_words)),
        ),
    ]
    problems = [
        m.problem(paper.id, "annotate", "two people could be meant by “she”"),
        m.problem("broken.pdf", "read", "not a text", "convert it"),
    ]
    return fake_record(
        [wire, paper, hostile],
        entities=entities,
        mentions=mentions,
        statements=statements,
        engagements=[talks, dinner, coming],
        agenda=agenda,
        commitments=[commitment],
        forecasts=[forecast],
        measures=measures,
        comparisons=comparisons,
        problems=problems,
    )


@pytest.fixture
def record() -> FakeRecord:
    return rich_record()


@pytest.fixture
def empty_record() -> FakeRecord:
    return fake_record([])
