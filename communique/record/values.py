"""What people give for the fields of a row, as the row holds it: checked, with its evidence.

By the field's type: a date as EDTF words, or ``{"edtf": …, "evidence": […], "note": …}``, gets the basis *set*; an
actor or a place as an entity's id or a name, or as an object; a passage as ``{"document", "start", "end"}``, or as
words that stand once in the row's document; a word of a closed list as that word; a row as its id. What is a list takes
one value or several. None, ``""`` and ``unknown`` are *unknown*, where the field may be.
"""

from __future__ import annotations

import typing
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any, cast

from communique.codec import Plain, from_plain, get_fields, strip_optional, to_plain
from communique.errors import DecisionError, EvidenceError
from communique.model import (
    Basis,
    EntityKind,
    Evidence,
    Participant,
    Place,
    Role,
    Source,
    SourceKind,
    Voice,
    VoiceKind,
    When,
)
from communique.record.anchors import CLAIMS
from communique.record.rows import TABLES, Row, explain_false, find_evidence
from communique.text.dates import parse_edtf

# Fields that people may set, by noun. The words that a row of layer 1 is, and ids, are not among them.
EDITABLE: dict[str, tuple[str, ...]] = {
    "documents": CLAIMS["documents"],
    "entities": ("kind", "name", "territory"),
    "statements": ("form", "content", "cue", "source", "via", "addressee", "made", "engagement", "polarity"),
    "engagements": ("kind", "title", "status", "parent", "date", "place", "participants"),
    "agenda": ("engagement", "issue", "phase", "voice", "evidence"),
    "silences": ("kind", "what", "who", "engagement", "voice", "evidence"),
    "commitments": (
        *("debtors", "creditors", "what", "condition", "due", "engagement", "evidence"),
        *("status", "status_evidence", "status_reason"),
    ),
    "forecasts": (
        *("forecaster", "what", "hedge", "strength", "horizon", "engagement", "evidence", "via"),
        *("resolution", "resolution_evidence", "resolution_reason"),
    ),
    "measures": ("kind", "name", "actor", "targets", "date", "status", "evidence", "answers"),
    "comparisons": ("relation", "reason"),
}
# Fields that name a row of a noun.
REFERENCES = {"engagement": "engagements", "parent": "engagements", "answers": "measures"}
DATE_FORMS = "write a date as 2013-05-07, 2013-05, 2013, 201X, or from/to with a slash"
_UNKNOWN = ("", "unknown")
_KINDS = {
    EntityKind.PERSON: SourceKind.PERSON,
    EntityKind.ORGANIZATION: SourceKind.ORGANIZATION,
    EntityKind.GOVERNMENT: SourceKind.GOVERNMENT,
    EntityKind.INSTRUMENT: SourceKind.DOCUMENT,
    EntityKind.GROUP: SourceKind.COLLECTIVE,
}


@dataclass(frozen=True, slots=True)
class Context:
    """What values are checked against.

    ``resolve`` gives noun and id of a row by the beginning of its id, ``load`` a row, ``find_part`` the part of a
    document in which an offset lies; ``named`` takes the rows that values name; ``document`` is where words are looked
    for that name no document.
    """

    texts: Mapping[str, str]
    resolve: Callable[[str], tuple[str, str]]
    load: Callable[[str, str], Row | None]
    find_part: Callable[[str, int], str]
    named: dict[str, str]
    document: str | None = None

    def refer(self, id: str, noun: str) -> str:
        """The full id of a row of a noun.

        Raises:
            DecisionError: It is of another noun.
        """
        found, full = self.resolve(id)
        if found != noun:
            raise DecisionError(
                f"{full} is one of the {found}, not of the {noun}", f"communique list {noun} shows them"
            )
        self.named[full] = noun
        return full


def parse_values(noun: str, given: Mapping[str, Any], context: Context) -> Row:
    """Fields as a row holds them.

    Raises:
        DecisionError: There is no such field, or a value does not fit.
    """
    found = {name: parse_value(noun, name, value, context) for name, value in given.items()}
    for cited in find_evidence({"document": context.document, **found}):
        if reason := explain_false(cited, context.texts):
            raise DecisionError(reason, "give the place as document, start, end, or the words as they stand there")
    return found


def parse_value(noun: str, name: str, value: Any, context: Context) -> Plain:
    """One field; see the module.

    Raises:
        DecisionError: There is no such field, or the value does not fit.
    """
    if name not in EDITABLE[noun]:
        raise DecisionError(f"{noun} have no {name!r} to set", f"one can set {', '.join(EDITABLE[noun])}")
    hint = _get_hint(noun, name)
    inner = strip_optional(hint)
    if value is None or (isinstance(value, str) and value.strip().lower() in _UNKNOWN):
        if inner is hint and typing.get_origin(hint) is not tuple:
            raise DecisionError(f"{name} cannot be unknown", "give a value")
        return [] if typing.get_origin(hint) is tuple else None
    try:
        plain = to_plain(_parse(inner, name, value, context))
        from_plain(inner, plain)  # what was taken over from an object may be of any type
    except (TypeError, KeyError, ValueError, EvidenceError) as error:
        raise DecisionError(
            f"{name}: {value!r} does not fit ({error})", "see docs/decisions.md for what a field takes"
        ) from error
    return plain


def _get_hint(noun: str, name: str) -> Any:
    if noun == "documents":
        return When | None if name == "published" else str | None
    return dict(get_fields(TABLES[noun]))[name]


def _parse(hint: Any, name: str, value: Any, context: Context) -> object:
    if typing.get_origin(hint) is tuple:
        members = value if isinstance(value, (list, tuple)) else [value]
        return tuple(_parse(typing.get_args(hint)[0], name, member, context) for member in members)
    if isinstance(hint, type) and issubclass(hint, Enum):
        return _parse_word(hint, name, value)
    if name in REFERENCES:
        return context.refer(str(value), REFERENCES[name])
    parse = _PARSERS.get(hint)
    if parse is not None:
        return parse(value, context)
    if hint is str and (not isinstance(value, str) or not value.strip()):
        raise DecisionError(f"{name} must be words, not {value!r}", "give words")
    return from_plain(hint, value)


def _parse_word(hint: type[Enum], name: str, value: Any) -> Enum:
    words = {str(member.value).replace("_", " "): member for member in hint}
    found = words.get(str(value).replace("_", " ").strip().lower())
    if found is None:
        raise DecisionError(f"{name} cannot be {value!r}", f"it is one of: {', '.join(words)}")
    return found


def _parse_when(value: Any, context: Context) -> When:
    given = value if isinstance(value, Mapping) else {"edtf": value}
    when = parse_edtf(str(given["edtf"]), Basis.SET)
    if when is None:
        raise DecisionError(f"{given['edtf']!r} is no date", DATE_FORMS)
    evidence = tuple(_parse_place(place, context) for place in given.get("evidence", ()))
    return replace(when, evidence=evidence, note=str(given.get("note", when.note)))


def _parse_place(value: Any, context: Context) -> Evidence:
    """A passage, by place or by words that stand once in the document."""
    given = value if isinstance(value, Mapping) else {"quote": value}
    document = given.get("document") or context.document
    if document is None or document not in context.texts:
        raise DecisionError("a passage of no document", "give document, start and end")
    text = context.texts[document]
    if given.get("start") is not None:
        start, end = _whole(given["start"]), _whole(given["end"])
    else:
        quote = _words(given["quote"])
        if text.count(quote) != 1 or not quote:
            how = "is not in" if quote not in text else f"stands {text.count(quote)} times in"
            raise DecisionError(f"{quote!r} {how} {document}", "give the words as they stand there, or start and end")
        start = text.index(quote)
        end = start + len(quote)
    if not 0 <= start < end <= len(text):
        raise DecisionError(f"no place {start}:{end} in {document} of {len(text)} characters", "give start and end")
    if given.get("quote") not in (None, text[start:end]):
        raise DecisionError(f"{document} {start}:{end} is {text[start:end]!r}", "give the words as they stand there")
    return from_plain(Evidence, {"document": document, "start": start, "end": end, "quote": text[start:end]})


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError(f"an offset is a whole number, not {value!r}")
    return value


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise TypeError(f"expected words, got {value!r}")
    return value


def _find_entity(value: Any, context: Context) -> Row | None:
    """The entity that an id names; None for a name."""
    if not (isinstance(value, str) and value.startswith("ent-")):
        return None
    return context.load("entities", context.refer(value, "entities"))


def _parse_source(value: Any, context: Context) -> Source:
    given = dict(value) if isinstance(value, Mapping) else {"name": value}
    entity = _find_entity(given.get("entity") or given.get("name"), context)
    if entity is not None:
        kind = _KINDS.get(EntityKind(entity["kind"]), SourceKind.ORGANIZATION)
        given = {"kind": kind.value, **given, "name": entity["name"], "entity": entity["id"]}
    place = _parse_place(given, context) if given.get("quote") or given.get("start") is not None else None
    span = {name: getattr(place, name) if place else None for name in ("start", "end", "quote")}
    kind_word = _parse_word(SourceKind, "kind", given.get("kind", SourceKind.PERSON.value))
    return Source(_words(given["name"]), cast("SourceKind", kind_word), given.get("entity"), **span)


def _parse_location(value: Any, context: Context) -> Place:
    given = dict(value) if isinstance(value, Mapping) else {"name": value}
    entity = _find_entity(given.get("entity") or given.get("name"), context)
    if entity is not None:
        given |= {"name": entity["name"], "entity": entity["id"], "territory": entity["territory"]}
    evidence = tuple(_parse_place(place, context) for place in given.get("evidence", ()))
    return Place(_words(given["name"]), given.get("entity"), given.get("territory"), evidence)


def _parse_participant(value: Any, context: Context) -> Participant:
    given = dict(value) if isinstance(value, Mapping) else {"name": value}
    entity = _find_entity(given.get("entity") or given.get("name"), context)
    if entity is not None:
        given |= {"name": entity["name"], "entity": entity["id"]}
    role = cast("Role", _parse_word(Role, "role", given.get("role", Role.PARTICIPANT.value)))
    evidence = tuple(_parse_place(place, context) for place in given.get("evidence", ()))
    present = given.get("present", role is not Role.ABSENT)
    return Participant(_words(given["name"]), role, given.get("entity"), given.get("office"), present, evidence)


def _parse_voice(value: Any, context: Context) -> Voice:
    given = dict(value) if isinstance(value, Mapping) else {"name": value}
    if given.get("name") in (VoiceKind.PUBLISHER.value, VoiceKind.AUTHOR.value):
        return Voice(VoiceKind(given["name"]))
    entity = _find_entity(given.get("entity") or given.get("name"), context)
    name, id = (entity["name"], entity["id"]) if entity else (given.get("name"), given.get("entity"))
    kind = cast("VoiceKind", _parse_word(VoiceKind, "kind", given.get("kind", VoiceKind.SPEAKER.value)))
    return Voice(kind, id, name)


_PARSERS: dict[Any, Callable[[Any, Context], object]] = {
    When: _parse_when,
    Evidence: _parse_place,
    Source: _parse_source,
    Place: _parse_location,
    Participant: _parse_participant,
    Voice: _parse_voice,
}
