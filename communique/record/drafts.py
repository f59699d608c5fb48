"""What a person wants to settle, worked out into a decision, inside the transaction that stores it.

`make_decision` reads the row as it is, checks what is asked for, and says what will be before and after; it writes
nothing. An id of a decision, and of a row that it makes, comes from its content.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from communique.codec import to_plain
from communique.errors import DecisionError, Refused
from communique.link.decisions import SHAPES, VERDICTS, find_in_force, get_rows, makes_row
from communique.model import Action, Anchor, Decision, Relation, content_id
from communique.record.anchors import get_places, make_anchor
from communique.record.creating import PREFIXES, make_row
from communique.record.decisions import get_head, load_decisions
from communique.record.desk import Desk
from communique.record.rows import Row
from communique.record.settling import get_state
from communique.record.values import parse_values

JOINED = ("entities", "engagements")  # what can be merged and split
# Relations by which a row belongs to another one, and the field that says so.
BELONGS = {"at": "engagement", "part of": "parent", "answers": "answers"}
RELATIONS = (*BELONGS, *(relation.value for relation in Relation))


@dataclass(frozen=True, slots=True)
class Draft:
    """What a person wants to settle.

    Args:
        action: Any but undo.
        subject: The row's id, or the beginning of it; of a creation the noun (``statements``).
        values: Of an edit or a creation, the fields (`values`); of a merge ``{"others": [id, …]}``; of a split
            ``{"take": [id of a mention, event mention or document, or a place, …]}``; of a distinction
            ``{"other": id}``; of a link ``{"to": id, "relation": one of RELATIONS}``.
        why: The reason, in the person's words.
    """

    action: Action
    subject: str
    values: Mapping[str, Any] = field(default_factory=dict)
    why: str = ""


@dataclass(slots=True)
class _Parts:
    """A decision being worked out."""

    subject: str
    before: dict[str, Any]
    after: dict[str, Any]
    named: dict[str, str]  # rows that it names, with their nouns


def make_decision(desk: Desk, draft: Draft, who: str, decided_at: str) -> Decision:
    """The decision that a draft comes to; its number and hashes are not set.

    Raises:
        DecisionError: It does not fit the row.
        Refused: A decision in force stands against it.
    """
    if draft.action is Action.CREATE:
        noun, row = draft.subject, None
        if noun not in PREFIXES:
            raise DecisionError(f"there are no {noun!r} to create", f"one can create {', '.join(PREFIXES)}")
    else:
        noun, row = desk.find(draft.subject)
    subject = row["id"] if row else noun
    count = _count_before(desk, draft.action, noun, subject)
    id = content_id("dec", draft.action, noun, subject, who, decided_at, count, draft.why, to_plain(dict(draft.values)))
    noun, parts = _work_out(desk, draft, noun, row, id)
    named = parts.named | dict(_find_named(parts.after.get("row", parts.after)))
    anchors = tuple(_anchor(desk, name, of) for name, of in named.items())
    return Decision(
        0,
        id,
        draft.action,
        noun,
        parts.subject,
        parts.before,
        parts.after,
        anchors,
        who,
        decided_at,
        draft.why,
        None,
        "",
        "",
    )


def _count_before(desk: Desk, action: Action, noun: str, subject: str) -> int:
    """Tells apart what is the same but for its place in the log.

    What takes long to link is counted by its row, so that others can decide meanwhile and leave its id as it is.
    """
    if action in SHAPES or noun == "documents":
        return len(load_decisions(desk.connection, "subject = ?", (subject,)))
    return get_head(desk.connection)[0]


# Fields, at any depth, that name a row, and the nouns by the beginning of the id.
_NAMING = frozenset({"entity", "engagement", "parent", "answers", "about"})
_NOUN_OF = {prefix: noun for noun, prefix in PREFIXES.items()} | {"doc": "documents"}


def _find_named(value: Any) -> Iterator[tuple[str, str]]:
    """Rows that a value names, also where it was taken over from another row."""
    if isinstance(value, list):
        for member in value:
            yield from _find_named(member)
    elif isinstance(value, dict):
        for name, member in value.items():
            if name in _NAMING and isinstance(member, str):
                noun = _NOUN_OF.get(member.partition("-")[0])
                if noun is None:
                    raise DecisionError(f"{name}: {member!r} is no id of a row", "communique list NOUN shows the ids")
                yield member, noun
            yield from _find_named(member)


def _anchor(desk: Desk, id: str, noun: str) -> Anchor:
    row = desk.load(noun, id)
    if row is None:
        raise DecisionError(f"there is no {id}", f"communique list {noun} shows the ids")
    return make_anchor(noun, row)


def _work_out(desk: Desk, draft: Draft, noun: str, row: Row | None, id: str) -> tuple[str, _Parts]:
    if row is None:
        return noun, _create(desk, noun, draft.values, id)
    if draft.action in VERDICTS:
        return noun, _judge(desk, noun, row, draft.action)
    if draft.action is Action.EDIT:
        return noun, _edit(desk, noun, row, draft.values)
    if draft.action is Action.LINK:
        return _link(desk, noun, row, draft.values, id)
    if noun not in JOINED:
        raise DecisionError(f"{row['id']} is one of the {noun}", f"one can {draft.action} {' and '.join(JOINED)}")
    work_out = {Action.MERGE: _merge, Action.SPLIT: _split, Action.DISTINCT: _part}.get(draft.action)
    if work_out is None:
        raise DecisionError(f"{draft.action} is not drafted", "use undo")
    _check_found(desk, row["id"])
    return noun, work_out(desk, noun, row, draft.values, id)


def _judge(desk: Desk, noun: str, row: Row, action: Action) -> _Parts:
    state, _ = get_state(desk.connection, noun, row["id"])
    if state is VERDICTS[action]:
        raise DecisionError(f"{row['id']} is {state} already", "communique history shows by whom")
    after = {"review": VERDICTS[action].value}
    return _Parts(row["id"], {"review": state.value}, after, {row["id"]: noun})


def _edit(desk: Desk, noun: str, row: Row, values: Mapping[str, Any]) -> _Parts:
    named = {row["id"]: noun}
    document = row["id"] if noun == "documents" else row.get("document")
    found = parse_values(noun, values, desk.context(named, document))
    changed = {name: value for name, value in found.items() if value != row[name]}
    if not changed:
        raise DecisionError(f"{row['id']} says so already", "name a field with another value")
    if (named.keys() & {row["id"]} and changed.get("parent") == row["id"]) or changed.get("answers") == row["id"]:
        raise DecisionError(f"{row['id']} cannot name itself", "name another row")
    return _Parts(row["id"], {name: row[name] for name in changed}, changed, named)


def _create(desk: Desk, noun: str, values: Mapping[str, Any], id: str) -> _Parts:
    named: dict[str, str] = {}
    made = make_row(noun, content_id(PREFIXES[noun], id), values, lambda document: desk.context(named, document))
    return _Parts(made["id"], {}, {"row": made}, named)


def _link(desk: Desk, noun: str, row: Row, values: Mapping[str, Any], id: str) -> tuple[str, _Parts]:
    relation = str(values.get("relation", "at")).replace("_", " ").replace("-", " ")
    if relation in BELONGS:
        return noun, _edit(desk, noun, row, {BELONGS[relation]: values.get("to")})
    if relation not in RELATIONS:
        raise DecisionError(f"there is no relation {relation!r}", f"it is one of: {', '.join(RELATIONS)}")
    other_noun, other = desk.find(str(values.get("to", "")))
    if other["id"] == row["id"]:
        raise DecisionError(f"{row['id']} cannot stand in a relation to itself", "name another row")
    compared = [_compare(of, side) for of, side in ((noun, row), (other_noun, other))]
    about = row.get("engagement") or (row["id"] if noun == "engagements" else compared[0]["document"])
    made = {
        "id": content_id(PREFIXES["comparisons"], id),
        "about": about,
        "property": str(values.get("property", "said")),
        "relation": relation,
        "values": compared,
        "reason": "",
    }
    about_noun = "engagements" if about.startswith("eng-") else "documents"
    named = {row["id"]: noun, other["id"]: other_noun, about: about_noun}
    return "comparisons", _Parts(made["id"], {}, {"row": made}, named)


def _compare(noun: str, row: Row) -> Row:
    """What a row says, as one side of a comparison."""
    places = get_places(noun, row)
    if not places:
        raise DecisionError(f"{row['id']} has no words of its own to compare", "name a row that stands on a passage")
    said = row.get("what") or row.get("title") or row.get("name") or row.get("issue") or places[0]["quote"]
    return {"value": said, "document": places[0]["document"], "evidence": places[0], "voice": row.get("source")}


# --- which are one --------------------------------------------------------------------------------


def _merge(desk: Desk, noun: str, row: Row, values: Mapping[str, Any], id: str) -> _Parts:
    others = [_find_other(desk, noun, row, other) for other in _as_list(values.get("others"))]
    ids = list(dict.fromkeys(other["id"] for other in others))
    if not ids:
        raise DecisionError("nothing to merge", "name the one to keep, then the others")
    log = find_in_force(load_decisions(desk.connection))
    together = {row["id"], *ids}
    for decision in log:
        if decision.action is Action.DISTINCT and get_rows(decision) <= together:
            raise Refused(
                f"{decision.who} decided that these are not the same ({decision.id})",
                f"undo {decision.id} first",
                decision.id,
            )
    before = {other["id"]: other.get("name") or other.get("title") for other in (row, *others)}
    return _Parts(row["id"], {"names": before}, {"others": ids}, dict.fromkeys((row["id"], *ids), noun))


def _find_other(desk: Desk, noun: str, row: Row, name: Any) -> Row:
    found, other = desk.find(str(name))
    if found != noun:
        raise DecisionError(f"{other['id']} is one of the {found}", f"name {noun}")
    if other["id"] == row["id"]:
        raise DecisionError(f"{row['id']} is named twice", "name two different rows")
    _check_found(desk, other["id"])
    return other


def _check_found(desk: Desk, id: str) -> None:
    """What people made stands beside what linking puts together: it has no words of its own there."""
    if any(makes_row(decision) for decision in load_decisions(desk.connection, "subject = ?", (id,))):
        raise DecisionError(
            f"{id} was made by a person, and is not linked", "undo that, and edit the row that was found"
        )


def _part(desk: Desk, noun: str, row: Row, values: Mapping[str, Any], id: str) -> _Parts:
    other = _find_other(desk, noun, row, values.get("other", ""))["id"]
    return _Parts(row["id"], {}, {"other": other}, {row["id"]: noun, other: noun})


def _split(desk: Desk, noun: str, row: Row, values: Mapping[str, Any], id: str) -> _Parts:
    own = get_places(noun, row)
    taken = [place for given in _as_list(values.get("take")) for place in _find_taken(desk, noun, own, given)]
    keys = {(place["document"], place["start"], place["end"]) for place in taken}
    kept = [place for place in own if (place["document"], place["start"], place["end"]) not in keys]
    if not taken or not kept:
        raise DecisionError(
            f"{'none' if not taken else 'all'} of the words of {row['id']} would be taken", "name some of its words"
        )
    new = content_id(PREFIXES[noun], id)
    unique = {(place["document"], place["start"], place["end"]): place for place in taken}
    after = {"take": [unique[key] for key in sorted(unique)], "new": new}
    return _Parts(row["id"], {}, after, {row["id"]: noun})


def _find_taken(desk: Desk, noun: str, own: Sequence[Row], given: Any) -> list[Row]:
    """The row's own places that something names: a document, a mention or an event mention, or a place."""
    if isinstance(given, Mapping):
        wanted = (given.get("document"), given.get("start"), given.get("end"))
        found = [place for place in own if (place["document"], place["start"], place["end"]) == wanted]
    else:
        kind, id = desk.resolve(str(given))
        if kind == "documents":
            found = [place for place in own if place["document"] == id]
        elif kind in ("mentions", "event_mentions"):
            words = desk.load(kind, id) or {}
            at = words["evidence"] if kind == "event_mentions" else words
            found = [place for place in own if all(place[name] == at[name] for name in ("document", "start", "end"))]
        else:
            raise DecisionError(f"{id} is one of the {kind}", "take mentions, event mentions, documents, or places")
    if not found:
        raise DecisionError(f"{given!r} is not among the words of this one of the {noun}", "communique show lists them")
    return found


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, (list, tuple)) else [value] if value else []
