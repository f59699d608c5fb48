"""The writing side of the reading room: what people settle in a page, passed on to `communique.decisions`.

Nothing is written but by `decide` and `undo`. What comes in is JSON of a few known keys; the answer says what the row
is now, so that the page can show it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from communique.decisions import Action, Draft, decide, decide_all, preview, undo, undo_all
from communique.errors import CommuniqueError, Conflict, DecisionError, RecordError, RecordLocked, Refused
from communique.model import Decision
from communique.publish.web.data import words_of
from communique.publish.web.desk import Desk
from communique.publish.web.fields import SPANS, list_fields, move, read_fields
from communique.publish.web.parts import describe, find_candidates, list_parts, name_choices
from communique.record.reader import Record, open_record
from communique.text.utf16 import to_points

_STATUS: dict[type[CommuniqueError], int] = {
    Conflict: 409,
    Refused: 409,
    DecisionError: 422,
    RecordLocked: 503,
    RecordError: 422,
}


@dataclass(frozen=True, slots=True)
class Pen:
    """Writes down what people settle in one record; ``is_held``: nothing may be written."""

    record: Path
    is_held: bool = False

    async def decide(self, request: Request) -> Response:
        """POST: ``action``, ``subject``, ``who``, and as they are needed ``why``, ``seen``, ``fields``, ``values``."""
        return await self._write(request, self._decide)

    async def decide_all(self, request: Request) -> Response:
        """POST: ``action``, ``subjects``, ``who``, ``why``: the same verdict on all that nobody has decided on."""
        return await self._write(request, self._decide_all)

    async def undo(self, request: Request) -> Response:
        """POST: ``decision``, or ``decisions`` that were taken together; ``who``, ``why``."""
        return await self._write(request, self._undo)

    async def _write(self, request: Request, write: Callable[[Mapping[str, Any]], dict[str, Any]]) -> Response:
        if self.is_held:
            return JSONResponse({"error": "this record is shown for reading only"}, 403)
        try:
            given = json.loads(await request.body())
        except ValueError:
            given = None
        if not isinstance(given, dict):
            return JSONResponse({"error": "one JSON object, please"}, 400)
        try:
            return JSONResponse(await run_in_threadpool(write, given))
        except (CommuniqueError, KeyError, TypeError, ValueError) as error:
            return explain(error)

    def _decide(self, given: Mapping[str, Any]) -> dict[str, Any]:
        action, subject = Action(str(given["action"])), str(given["subject"])
        with open_record(self.record) as record:
            values = _read_values(record, action, subject, given)
        seen = str(given["seen"]) if given.get("seen") else None
        draft = Draft(action, subject, values, str(given.get("why", "")))
        decision = decide(self.record, draft, str(given.get("who", "")), seen=seen)
        new = decision.after.get("new")
        return {"decision": decision.id, **self.tell(str(new) if new else decision.subject)}

    def _decide_all(self, given: Mapping[str, Any]) -> dict[str, Any]:
        subjects = [str(subject) for subject in given["subjects"]]
        who, why = str(given.get("who", "")), str(given.get("why", ""))
        stored = decide_all(self.record, Action(str(given["action"])), subjects, who, why=why)
        return self._tell_all(stored, len(subjects) - len(stored))

    def _undo(self, given: Mapping[str, Any]) -> dict[str, Any]:
        if "decisions" in given:
            taken = [str(decision) for decision in given["decisions"]]
            undos, left = undo_all(self.record, taken, str(given.get("who", "")), why=str(given.get("why", "")))
            return self._tell_all(undos, len(left))
        undone = undo(self.record, str(given["decision"]), str(given.get("who", "")), why=str(given.get("why", "")))
        return {"decision": undone.id, **self.tell(undone.subject)}

    def _tell_all(self, stored: list[Decision], left: int) -> dict[str, Any]:
        """Decisions that were stored together, what their rows are now, and how many others were left as they are."""
        told = [self.tell(decision.subject) for decision in stored]
        states = {row["subject"]: row.get("review") for row in told}
        return {"decisions": [decision.id for decision in stored], "states": states, "left": left}

    def tell(self, subject: str) -> dict[str, Any]:
        """What a row is now: its state, revision and words; ``gone`` where it is no more."""
        with open_record(self.record) as record, record.snapshot():
            found = record.query('SELECT "row" FROM relocated WHERE subject = ?', (subject,))
            id = str(found[0][0]) if found else subject
            try:
                row = record.row(id)
            except CommuniqueError:
                return {"subject": subject, "gone": True}
            told = {"subject": row["id"], "review": row.get("review", "proposed"), "words": words_of(row)}
            return {**told, "revision": record.revision(row["id"])}

    # --- what a page asks before it writes --------------------------------------------------------

    def fields(self, request: Request) -> Response:
        """The form of a row and its revision."""
        with open_record(self.record) as record, record.snapshot():
            noun, id = record.resolve(request.path_params["id"])
            row = record.row(id)
            desk = Desk(record)
            listed = [
                {**field, "named": name_choices(desk, noun, row, field["name"])} for field in list_fields(noun, row)
            ]
            told = {"noun": noun, "id": id, "words": words_of(row), "revision": record.revision(id)}
            return JSONResponse({**told, "fields": listed, "span": SPANS.get(noun)})

    def candidates(self, request: Request) -> Response:
        """Rows that may be the same as a row, or not; by likeness of names, or by near days."""
        asked = request.query_params.get("q", "").strip()[:200]
        with open_record(self.record) as record, record.snapshot():
            noun, id = record.resolve(request.path_params["id"])
            desk = Desk(record)
            ids = find_candidates(desk, noun, id, asked)
            rows = desk.rows(noun, ids)
            listed = [{"id": row["id"], "words": words_of(row), "more": describe(desk, noun, row)} for row in rows]
            return JSONResponse({"candidates": listed})

    def touched(self, request: Request) -> Response:
        """What a merge would touch."""
        with open_record(self.record) as record, record.snapshot():
            found = preview(record, request.path_params["id"], [request.query_params.get("other", "")])
            return JSONResponse({"touched": found.touched, "warnings": list(found.warnings)})

    def parts(self, request: Request) -> Response:
        """The words by which a name or an engagement is told, to say which of them mean another one."""
        with open_record(self.record) as record, record.snapshot():
            noun, id = record.resolve(request.path_params["id"])
            return JSONResponse(list_parts(Desk(record), noun, id))

    def span(self, request: Request) -> Response:
        """A span of a document that is one word longer or shorter, with what stands around it."""
        asked = request.query_params
        with open_record(self.record) as record:
            text = record.document(request.path_params["id"]).text
        edges = [asked.get(name, "") for name in ("start", "end")]
        start, end = (int(edge) if re.fullmatch("[0-9]{1,9}", edge) else -1 for edge in edges)
        if not 0 <= start < end <= len(text):
            raise DecisionError("no such place in the document", "give start and end")
        start, end = move(text, start, end, asked.get("move", ""))
        around = {"before": text[max(0, start - 80) : start], "after": text[end : end + 80]}
        return JSONResponse({"start": start, "end": end, "quote": text[start:end], **around})


def explain(error: Exception) -> Response:
    """An error as an answer: the reason, what to do, and of a conflict both versions of the row."""
    if not isinstance(error, CommuniqueError):
        return JSONResponse({"error": "that is not understood", "next": "load the page again"}, 400)
    told: dict[str, Any] = {"error": error.reason, "next": error.next_step}
    if isinstance(error, Refused):
        told["decision"] = error.decision
    if isinstance(error, Conflict):
        told |= {"theirs": error.theirs, "mine": error.mine, "revision": error.revision}
    status = next((status for kind, status in _STATUS.items() if isinstance(error, kind)), 500)
    return JSONResponse(told, status)


def _read_values(record: Record, action: Action, subject: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """The values of a draft: as they are given, out of a filled form, out of a selection or of a grown span."""
    values = dict(given.get("values") or {})
    if action is Action.EDIT:
        noun, id = record.resolve(subject)
        values |= read_fields(noun, record.row(id), given.get("fields") or {})
        if given.get("span") and noun in SPANS:
            values[SPANS[noun]] = [_place(given["span"])]
    if action is Action.CREATE:
        place = _read_selection(record, given["selection"])
        values |= {name: words for name, words in (given.get("fields") or {}).items() if str(words).strip()}
        values["evidence"] = [place]
    return values


def _place(span: Mapping[str, Any]) -> dict[str, Any]:
    return {"document": str(span["document"]), "start": int(span["start"]), "end": int(span["end"])}


def _read_selection(record: Record, given: Mapping[str, Any]) -> dict[str, Any]:
    """A selection in a page as a place: each edge is a block's first character and UTF-16 units from there."""
    text = record.document(str(given["document"])).text
    edges = []
    for edge in ("from", "to"):
        block, units = (int(number) for number in given[edge])
        if not 0 <= block <= len(text):
            raise DecisionError("no such place in the document", "select the words again")
        edges.append(block + to_points(text[block:], units))
    start, end = sorted(edges)
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    if start == end:
        raise DecisionError("nothing is selected", "select the words that say it")
    return {"document": str(given["document"]), "start": start, "end": end}
