"""The nouns. Frozen dataclasses and enums, in the shape in which they are exported (see `codec`).

Two layers, never mixed:

1. What one report says. `Document` and its `Annotations` are a pure function of the file, what a manifest
   says of it, and the program's version. In this layer ``entity`` fields hold the id of a `Referent`
   and ``engagement`` fields the id of an `EventMention` of the same document.
2. What the reports together say. `Entity`, `Engagement`, `Comparison`, and the rows of layer 1 with their
   ``entity`` and ``engagement`` fields pointing at these. A pure function of layer 1, of the registers given and of
   people's decisions; can always be rebuilt.

Offsets are half-open, in Unicode code points, into `Document.text`, which is the text as read. ``None`` means
*unknown* everywhere: the documents do not say. Days (`datetime.date`) are inclusive.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from communique.errors import EvidenceError


def content_id(noun: str, *words: object) -> str:
    """Makes an id out of content, so that it is the same on every machine and in every run.

    Args:
        noun: Short prefix, as ``doc`` or ``stm``.
        words: What identifies the row; turned into strings.
    """
    digest = hashlib.sha256("\x1f".join(map(str, words)).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{noun}-{digest[:12]}"


class Span(NamedTuple):
    """Half-open, in Unicode code points: ``text[start:end]``."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """Exact words in an exact place. Made by `Document.evidence` only, so that it cannot lie."""

    document: str
    start: int
    end: int
    quote: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


# --- dates ----------------------------------------------------------------------------------------


class Basis(StrEnum):
    """Why a date, a fact or an identity is believed."""

    PRINTED = "printed"  # the document prints it as its own (date line, by-line)
    STATED = "stated"  # the text says it in full
    RELATIVE = "relative"  # worked out from the text and an anchor ("last week")
    INFERRED = "inferred"  # concluded from other documents or from weak signs
    REGISTER = "register"  # from an official register
    SET = "set"  # a person or a manifest says so


class Precision(StrEnum):
    """How much of a date is known."""

    DAY = "day"
    RANGE = "range"  # several days with stated ends
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    QUARTER = "quarter"
    YEAR = "year"
    DECADE = "decade"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class When:
    """What is known of a date.

    ``edtf`` is what is known (Extended Date/Time Format, level 1); ``start`` and ``end`` are the earliest and the
    latest day that it allows, for sorting only. All three are None when nothing is known beyond the words.
    """

    edtf: str | None
    start: date | None
    end: date | None
    precision: Precision
    basis: Basis
    evidence: tuple[Evidence, ...] = ()
    note: str = ""  # words that the dates cannot hold: "late", "a Tuesday", "shortly before midnight"


class TimeType(StrEnum):
    """TIMEX3 types."""

    DATE = "DATE"
    TIME = "TIME"
    DURATION = "DURATION"
    SET = "SET"


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """A time expression in a text, normalised as in TIMEX3, and as an interval where it can be anchored."""

    document: str
    start: int
    end: int
    quote: str
    type: TimeType
    value: str
    edtf: str | None = None
    when: When | None = None


# --- a document -----------------------------------------------------------------------------------


class PartKind(StrEnum):
    """What a stretch of a document is. Only title, captions and body are the report's own voice."""

    TITLE = "title"
    BYLINE = "byline"
    DATELINE = "dateline"
    BODY = "body"
    CAPTION = "caption"
    COMMENT = "comment"
    NOTICE = "notice"  # navigation, appeals, legal notices, related links, tags


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a document. Parts are in text order, do not overlap, and cover all but white space."""

    part: PartKind
    start: int
    end: int
    author: str | None = None  # of a comment
    place: str | None = None
    published: When | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A property of a document, with the reason to believe it."""

    value: str
    basis: Basis
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True)
class PageSpan:
    """Where the text of a printed page stands; ``page`` counts from 1."""

    page: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Origin:
    """From which bytes a text was made, and how, so that it can be made again.

    ``file`` is the file that was given, ``sha256`` the digest of its bytes, which the record keeps; ``way`` the steps
    from there to the text: what was opened in what, and by which program of which version.
    """

    file: str
    sha256: str
    way: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Document:
    """One report as read.

    ``id`` comes from the text: the same report read twice is one document. ``file`` is the path below the folder that
    was given (forward slashes), going on into archives and the like; ``sha256`` the digest of its own bytes.
    ``losses`` are what could not be read of it, in words: with any, it was read in part.
    """

    id: str
    file: str
    sha256: str
    text: str = field(repr=False)
    encoding: str = "utf-8"
    encoding_basis: Basis = Basis.STATED  # INFERRED where the encoding is a guess
    media_type: str = "text/plain"
    title: Fact | None = None
    publisher: Fact | None = None
    author: Fact | None = None
    url: Fact | None = None
    language: Fact | None = None
    standpoint: Fact | None = None
    published: When | None = None
    parts: tuple[Part, ...] = ()
    pages: tuple[PageSpan, ...] = ()
    losses: tuple[str, ...] = ()
    origin: Origin | None = None

    def evidence(self, start: int, end: int) -> Evidence:
        """The words at ``text[start:end]``.

        Raises:
            EvidenceError: The span is empty or outside the text.
        """
        if not 0 <= start < end <= len(self.text):
            raise EvidenceError(f"{self.file}: no span {start}:{end} in a text of {len(self.text)} characters")
        return Evidence(self.id, start, end, self.text[start:end])


# --- who ------------------------------------------------------------------------------------------


class EntityKind(StrEnum):
    """What sort of thing a mention denotes."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GOVERNMENT = "government"  # a state with its territory and government: Russia, the Kremlin, the EU's members
    PLACE = "place"  # a city, a building, a region
    INSTRUMENT = "instrument"  # treaty, list, law, resolution, communique
    GROUP = "group"  # people without a name of their own: experts, Russian officials


class MentionForm(StrEnum):
    """How words denote somebody."""

    NAME = "name"
    DESCRIPTION = "description"  # "the minister", "his Russian counterpart"
    PRONOUN = "pronoun"


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that denote somebody or something. ``entity`` is a `Referent` (layer 1) or an `Entity` (layer 2)."""

    document: str
    start: int
    end: int
    quote: str
    kind: EntityKind
    form: MentionForm
    entity: str


@dataclass(frozen=True, slots=True)
class Office:
    """A role held by a person. ``start`` and ``end`` are EDTF, None if not stated; ``as_of``: when a report says so."""

    office: str
    organization: str | None
    start: str | None = None
    end: str | None = None
    former: bool = False
    as_of: str | None = None
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Referent:
    """One document's idea of an entity: the cluster of its mentions there."""

    id: str
    document: str
    kind: EntityKind
    name: str  # the fullest name in the document
    names: tuple[str, ...] = ()
    offices: tuple[Office, ...] = ()
    territory: str | None = None  # ISO 3166-1 alpha-2 of a government or of a place's state
    key: str | None = None  # the entry of our tables that the name is (gives one name to "U.S." and "America")
    gender: str | None = None  # of a person, "male" or "female", as far as address, office or given name tell


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, institution, government, place or instrument, across documents."""

    id: str
    kind: EntityKind
    name: str
    names: tuple[str, ...]
    offices: tuple[Office, ...]
    mentions: tuple[Evidence, ...]
    territory: str | None = None
    reasons: tuple[str, ...] = ()  # why its referents are held to be one


# --- statements -----------------------------------------------------------------------------------


class SourceKind(StrEnum):
    """What sort of actor speaks or acts."""

    PERSON = "person"
    ORGANIZATION = "organization"
    GOVERNMENT = "government"
    COLLECTIVE = "collective"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Source:
    """Somebody who speaks, passes words on, is addressed, owes, acts: an actor with the words that denote it.

    ``start``, ``end`` and ``quote`` are those words in the row's document; all None when the actor is understood but
    not named there.
    """

    name: str
    kind: SourceKind
    entity: str | None = None
    start: int | None = None
    end: int | None = None
    quote: str | None = None


class StatementForm(StrEnum):
    """How much of a statement stands in quotation marks."""

    DIRECT = "direct"
    MIXED = "mixed"  # a paraphrase with quoted words
    INDIRECT = "indirect"


class Polarity(StrEnum):
    """Of the saying, not of what is said."""

    ASSERTED = "asserted"
    DENIED = "denied"
    DECLINED = "declined"  # refused to comment
    NOT_SAID = "not said"  # "did not say that", "neither minister said": told as words that were not spoken
    ASKED = "asked"


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody said something. ``via`` runs from nearest to the speaker outwards; the publisher is not in it."""

    id: str
    document: str
    part: PartKind
    form: StatementForm
    content: tuple[Evidence, ...]
    cue: Evidence | None
    source: Source | None
    via: tuple[Source, ...] = ()
    addressee: Source | None = None
    made: When | None = None
    engagement: str | None = None
    polarity: Polarity = Polarity.ASSERTED
    rule: str = ""  # which rule found it
    resolution: str = ""  # how its speaker was resolved
    confidence: float = 0.5


# --- official registers ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """One line of an official register: where somebody stayed. Days are inclusive; empty words are not given."""

    line: int  # of the file, from 1
    name: str
    start: date
    end: date
    country: str
    locality: str
    remarks: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class Register:
    """An official register of journeys, as read. The id comes from what it says, not from its name or its lines."""

    id: str
    name: str  # of the file
    rows: tuple[RegisterRow, ...]


def make_register(name: str, rows: tuple[RegisterRow, ...]) -> Register:
    """Makes a register with its id."""
    words = sorted((row.name, row.start, row.end, row.country, row.locality, row.remarks, row.role) for row in rows)
    return Register(content_id("reg", *(word for row in words for word in row)), name, rows)


@dataclass(frozen=True, slots=True)
class Registered:
    """What a register adds to an engagement whose day the reports leave open. ``told``: the date as they give it."""

    register: str  # id
    name: str  # of the register's file
    rows: tuple[RegisterRow, ...]
    reason: str  # why these rows are held to mean this engagement
    told: When | None


# --- what took place ------------------------------------------------------------------------------


class EngagementKind(StrEnum):
    """What sort of contact took place, or was to."""

    VISIT = "visit"
    MEETING = "meeting"
    TALKS = "talks"
    CALL = "call"
    PRESS_CONFERENCE = "press_conference"
    DINNER = "dinner"
    CEREMONY = "ceremony"
    CONFERENCE = "conference"
    LETTER = "letter"
    SIGNING = "signing"
    HEARING = "hearing"


class Status(StrEnum):
    """Whether something took place, as far as the reports go."""

    HAPPENED = "happened"
    ONGOING = "ongoing"
    PLANNED = "planned"
    EXPECTED = "expected"
    POSSIBLE = "possible"
    CANCELLED = "cancelled"
    DENIED = "denied"


# Of what is still to come.
AHEAD = frozenset({Status.PLANNED, Status.EXPECTED, Status.POSSIBLE})


class Role(StrEnum):
    """What somebody was at an engagement. ``absent``: said not to have been there."""

    VISITOR = "visitor"
    HOST = "host"
    PARTICIPANT = "participant"
    MEDIATOR = "mediator"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Participant:
    """Somebody at an engagement. ``present`` is None where the report leaves it open."""

    name: str
    role: Role
    entity: str | None = None
    office: str | None = None
    present: bool | None = True
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something took place, in the report's words. ``territory`` is ISO 3166-1 alpha-2."""

    name: str
    entity: str | None = None
    territory: str | None = None
    evidence: tuple[Evidence, ...] = ()


class Property(StrEnum):
    """What an account can assert of an engagement."""

    WHEN = "when"
    START = "start"  # "began at nine", "three hours late"
    END = "end"
    DURATION = "duration"
    PLACE = "place"
    KIND = "kind"
    PARTICIPANTS = "participants"
    NUMBER = "number"  # how many took part: "about 30 ministers"
    HOST = "host"
    TOPIC = "topic"
    RESULT = "result"
    MOOD = "mood"
    ORDINAL = "ordinal"  # "his first visit", "the 18th meeting": claims, never counters
    STATUS = "status"
    ORDER = "order"  # an `Order`: how it follows what the report has told just before


class Order(StrEnum):
    """How a report says that an engagement follows the one told just before: what an assertion of ORDER may hold."""

    SAME_DAY = "later the same day"  # "then", "afterwards"
    NEXT_DAY = "the day after"


# What the value of a topic ends in where a text, or a speaker, is told not to mention it.
NOT_MENTIONED = ": not mentioned"


@dataclass(frozen=True, slots=True)
class Assertion:
    """One document's value for one property of one engagement."""

    property: Property
    value: str
    evidence: Evidence
    voice: Source | None = None  # None: the publisher's own


@dataclass(frozen=True, slots=True)
class EventMention:
    """One report's words for an engagement. ``evidence`` is the clause, ``trigger`` the word that names the event."""

    id: str
    document: str
    kind: EngagementKind
    title: str
    status: Status
    trigger: Evidence
    evidence: Evidence
    participants: tuple[Participant, ...] = ()
    date: When | None = None
    place: Place | None = None
    parent: str | None = None  # event mention that contains it
    same_as: str | None = None  # earlier event mention of the same engagement in the same document
    assertions: tuple[Assertion, ...] = ()


class Code(NamedTuple):
    """PLOVER event and mode (mode is empty where the codebook has none)."""

    event: str
    mode: str


@dataclass(frozen=True, slots=True)
class EngagementEvidence:
    """One report's words for an engagement, with the status that this report gives it."""

    document: str
    start: int
    end: int
    quote: str
    status: Status

    @property
    def words(self) -> Evidence:
        return Evidence(self.document, self.start, self.end, self.quote)


@dataclass(frozen=True, slots=True)
class Account:
    """What one document asserts about one engagement, property by property."""

    document: str
    mentions: tuple[str, ...]  # ids of event mentions
    assertions: tuple[Assertion, ...]


@dataclass(frozen=True, slots=True)
class Engagement:
    """One visit, meeting, call or the like, across documents, with every report's account of it."""

    id: str
    kind: EngagementKind
    title: str
    status: Status
    parent: str | None
    date: When | None
    place: Place | None
    participants: tuple[Participant, ...]
    plover: Code
    evidence: tuple[EngagementEvidence, ...]
    accounts: tuple[Account, ...] = ()
    reasons: tuple[str, ...] = ()  # why its event mentions are held to be one
    registered: Registered | None = None  # where ``date`` is narrowed by a register that was given


# --- the ledgers ----------------------------------------------------------------------------------


class Phase(StrEnum):
    """What became of an issue at an engagement."""

    EXPECTED = "expected"
    ADDRESSED = "addressed"
    AVOIDED = "avoided"
    NOT_MENTIONED = "not mentioned"


class VoiceKind(StrEnum):
    """Who says that an issue was expected, addressed or avoided."""

    PUBLISHER = "publisher"
    AUTHOR = "author"
    SPEAKER = "speaker"


@dataclass(frozen=True, slots=True)
class Voice:
    """Whose claim it is: the publisher's own, its author's, or a speaker's."""

    kind: VoiceKind
    entity: str | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """An issue at an engagement, in one phase, by one voice.

    ``issue`` is what the report calls it in layer 1, and the `Issue`'s name in layer 2; ``wording`` is the report's own
    words where they stand. The phase "not mentioned" is never stored (`link.issue_outcomes`).
    """

    id: str
    document: str
    engagement: str | None
    issue: str
    phase: Phase
    voice: Voice
    evidence: tuple[Evidence, ...]
    wording: Evidence | None = None


@dataclass(frozen=True, slots=True)
class Issue:
    """A matter that reports call by one or several names. ``broader``: issues that it is part of, by id."""

    id: str
    name: str  # the shortest of the names; no other issue has it
    names: tuple[str, ...]  # as reports call it
    broader: tuple[str, ...]
    evidence: tuple[Evidence, ...]  # where it is called so at an engagement
    reasons: tuple[str, ...] = ()  # why its names are held to mean one issue


class SilenceKind(StrEnum):
    """What sort of thing was not said, or who was not there."""

    TOPIC = "avoided topic"
    WORDS = "words not said"  # "did not say that", "no joint statement was issued"
    ABSENT = "absent"  # not invited, stayed away
    REFUSED = "comment refused"
    NO_OUTCOME = "expected, no outcome told"  # in the corpus; never "did not happen"


@dataclass(frozen=True, slots=True)
class Silence:
    """Something that a report says was not said, or somebody who it says was not there.

    ``who`` kept silent or away, None where nobody is named. ``of`` is the row that tells it (a statement, an agenda
    item, an event mention), None where only this row does. A silence NO_OUTCOME is no report's word: ``evidence`` is
    what was expected, ``reports`` are the documents that tell of the engagement and do not name the issue.
    """

    id: str
    document: str
    kind: SilenceKind
    what: str
    who: Source | None
    engagement: str | None
    voice: Voice
    evidence: tuple[Evidence, ...]
    of: str | None = None
    reports: tuple[str, ...] = ()


class Stance(StrEnum):
    """How a later passage bears on a commitment or forecast."""

    FOR = "for"
    AGAINST = "against"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A later passage that may tell what became of a commitment or forecast. It proposes; a person decides."""

    document: str
    start: int
    end: int
    quote: str
    stance: Stance
    reason: str

    @property
    def words(self) -> Evidence:
        return Evidence(self.document, self.start, self.end, self.quote)


class Turn(StrEnum):
    """What a clause tells of the end of something that was promised, planned or expected."""

    DONE = "done"
    NOT_DONE = "not done"
    KEPT = "kept"  # "as promised", "the pledge was honoured"
    BROKEN = "broken"  # "missed the deadline", "the promise was never kept"
    REPLACED = "replaced"  # "was replaced by a new treaty"
    PUT_OFF = "put off"
    CANCELLED = "cancelled"
    FORETOLD = "foretold"  # "as analysts had expected"
    CONTRARY = "contrary"  # "contrary to predictions"
    RESULT = "result"  # "reached an agreement", "a breakthrough"
    NO_RESULT = "no result"  # "without a breakthrough", "did not make progress"


@dataclass(frozen=True, slots=True)
class Deed:
    """What one clause of a sentence tells as over: ``act`` is its verb (of a result its noun), ``actors`` are ids."""

    turn: Turn
    act: str
    actors: tuple[str, ...] = ()
    sure: bool = True  # in the report's own voice, and plainly past; not "said that", not "had done"
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Trace:
    """A sentence as what earlier promises and expectations are held against: its content words and its deeds."""

    document: str
    start: int
    end: int
    words: str  # between blanks, sorted, each once
    deeds: tuple[Deed, ...] = ()


class Strength(StrEnum):
    """How sure a forecast is of itself, by its hedge."""

    EXPECTED = "expected"
    UNLIKELY = "unlikely"  # what is expected is that it will not be
    POSSIBLE = "possible"
    CONCEIVABLE = "conceivable"  # "might one day": without a day or an occasion, nothing can prove it wrong


class CommitmentStatus(StrEnum):
    """What became of a commitment. No news of it is not a breach."""

    OPEN = "open"
    KEPT = "kept"
    PARTLY_KEPT = "partly kept"
    NOT_KEPT = "not kept"
    SUPERSEDED = "superseded"
    NO_FOLLOW_UP = "no follow-up in the corpus"


@dataclass(frozen=True, slots=True)
class Commitment:
    """Who owes what to whom, by when, and on what condition."""

    id: str
    document: str
    debtors: tuple[Source, ...]
    creditors: tuple[Source, ...]
    what: str
    condition: str | None
    due: When | None
    evidence: tuple[Evidence, ...]
    status: CommitmentStatus = CommitmentStatus.OPEN
    status_evidence: tuple[Evidence, ...] = ()
    engagement: str | None = None  # where an announced engagement is what is owed
    terms: tuple[str, ...] = ()  # content words of what is owed, its verb or noun first
    candidates: tuple[Candidate, ...] = ()
    status_reason: str = ""  # why the status is not open


class Resolution(StrEnum):
    """What became of a forecast."""

    OPEN = "open"
    BORNE_OUT = "borne out"
    PARTLY = "partly"
    NOT_BORNE_OUT = "not borne out"
    CONSISTENT = "consistent, not proven"
    UNRESOLVABLE = "unresolvable"


@dataclass(frozen=True, slots=True)
class Forecast:
    """Who expects what, with the hedge that they put on it."""

    id: str
    document: str
    forecaster: Source | None
    what: str
    hedge: str | None  # the hedging words, kept word for word
    horizon: When | None
    engagement: str | None
    evidence: tuple[Evidence, ...]
    via: tuple[Source, ...] = ()
    resolution: Resolution = Resolution.OPEN
    resolution_evidence: tuple[Evidence, ...] = ()
    strength: Strength = Strength.EXPECTED
    terms: tuple[str, ...] = ()  # content words of what is expected, its verb or noun first
    candidates: tuple[Candidate, ...] = ()
    resolution_reason: str = ""  # why the resolution is not open


class MeasureKind(StrEnum):
    """What sort of step against or towards somebody."""

    SANCTION = "sanction"
    LIST = "list"
    BAN = "ban"
    LAW = "law"
    VETO = "veto"
    EXPULSION = "expulsion"
    ROLLBACK = "rollback"
    DELIVERY = "delivery"  # of arms; the targets are who gets them
    OTHER = "other"


class OrderCheck(StrEnum):
    """Whether a measure comes after the one that it is said to answer."""

    OK = "ok"
    EFFECT_BEFORE_CAUSE = "effect before cause"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Measure:
    """A sanction, list, ban, law, veto or the like; may answer another one.

    ``cause`` is what it is said to answer, in the report's words, also where that is no measure ("the release of two
    journalists"). ``same_as`` is the row by which other reports' rows of the same measure are known: layer 2 only.
    """

    id: str
    document: str
    kind: MeasureKind
    name: str
    actor: Source | None
    targets: tuple[Source, ...]
    date: When | None
    status: Status
    evidence: tuple[Evidence, ...]
    answers: str | None = None  # id of the measure that it answers
    order_check: OrderCheck = OrderCheck.UNKNOWN
    cause: Evidence | None = None
    same_as: str | None = None


class Relation(StrEnum):
    """How values that reports give for the same thing stand to each other."""

    CORROBORATES = "corroborates"
    CONTRADICTS = "contradicts"
    BROADER = "broader"
    DIFFERENT_SCOPE = "different scope"
    SAME_CHAIN = "same chain"


# Where accounts do not simply agree: values that exclude each other, and those that seem to.
CONFLICTS = frozenset({Relation.CONTRADICTS, Relation.DIFFERENT_SCOPE})


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """One document's value in a comparison."""

    value: str
    document: str
    evidence: Evidence
    voice: Source | None = None


@dataclass(frozen=True, slots=True)
class Comparison:
    """A typed relation between assertions. Never a verdict."""

    id: str
    about: str  # id of an engagement, of a document (``same chain`` between documents) or of a measure (its order)
    property: str
    relation: Relation
    values: tuple[ComparedValue, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be done, counted and shown."""

    id: str
    subject: str  # file or document id
    stage: str  # read, annotate, link
    reason: str
    next_step: str = ""


def problem(subject: str, stage: str, reason: str, next_step: str = "") -> Problem:
    """Makes a problem with its id."""
    return Problem(content_id("prb", subject, stage, reason), subject, stage, reason, next_step)


# --- what people settled --------------------------------------------------------------------------


class Action(StrEnum):
    """What a person does to a row. Setting a date, a status or a resolution is editing a field."""

    ACCEPT = "accept"
    REJECT = "reject"
    UNSURE = "unsure"
    EDIT = "edit"  # fields get other values
    CREATE = "create"  # a row that no rule proposed
    MERGE = "merge"  # several entities, or engagements, are one
    SPLIT = "split"  # some of the words of an entity, or engagement, mean another one
    DISTINCT = "distinct"  # two entities, or engagements, are not the same
    LINK = "link"  # a row belongs to another one, or stands in a relation to it
    UNDO = "undo"


class Review(StrEnum):
    """How far people have settled a row. What nobody decided on is a proposal, always."""

    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    EDITED = "edited"
    REJECTED = "rejected"
    UNSURE = "unsure"
    STALE = "stale"  # decided on, but what it said then it does not say any more


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row that a decision names, so that it can be found again when ids change: its words, and what it said."""

    id: str
    noun: str
    places: tuple[Evidence, ...]  # some of those that it stands on
    claim: str  # digest of what it said


@dataclass(frozen=True, slots=True)
class Decision:
    """Something that a person settled, as it stands in the log. Never changed; another one may undo it.

    ``before`` and ``after`` hold plain values: of a verdict ``review``, of an edit or link the fields, of a creation
    ``row`` (and the words), of a merge ``others``, of a split ``take`` (places) and ``new`` (the id of what is made of
    them), of a distinction ``other``. ``hash`` covers everything but ``number``, and the hash before it.
    """

    number: int  # from 1, without gaps
    id: str
    action: Action
    noun: str  # the table
    subject: str  # id of the row; of a merge the one that is kept
    before: dict[str, Any]
    after: dict[str, Any]
    anchors: tuple[Anchor, ...]
    who: str
    decided_at: str  # UTC, ``2024-03-03T10:00:00Z``; in microseconds what was decided together (`decide_all`)
    why: str
    undoes: str | None  # id of a decision
    previous: str
    hash: str


@dataclass(frozen=True, slots=True)
class Annotations:
    """What annotators found in one document, in text order. Adds up with ``+``."""

    referents: tuple[Referent, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpression, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[EventMention, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    measures: tuple[Measure, ...] = ()
    silences: tuple[Silence, ...] = ()
    traces: tuple[Trace, ...] = ()
    problems: tuple[Problem, ...] = ()

    def __add__(self, other: Annotations) -> Annotations:
        return replace(self, **{name: getattr(self, name) + getattr(other, name) for name in self.__slots__})


@dataclass(frozen=True, slots=True)
class Reading:
    """Layer 1 of one document."""

    document: Document
    annotations: Annotations


@dataclass(frozen=True, slots=True)
class DocumentDate:
    """When a report that prints no date was written, as far as the other reports bound it (basis inferred)."""

    document: str
    published: When


@dataclass(frozen=True, slots=True)
class Linked:
    """Layer 2: what the reports together say. Every tuple is sorted by id."""

    entities: tuple[Entity, ...] = ()
    mentions: tuple[Mention, ...] = ()
    statements: tuple[Statement, ...] = ()
    engagements: tuple[Engagement, ...] = ()
    issues: tuple[Issue, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    silences: tuple[Silence, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    measures: tuple[Measure, ...] = ()
    comparisons: tuple[Comparison, ...] = ()
    problems: tuple[Problem, ...] = ()
    published: tuple[DocumentDate, ...] = ()
