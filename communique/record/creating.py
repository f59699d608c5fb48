"""Rows that no rule proposed, made of a passage that a person selected.

A passage is all that must be given (``evidence``; of a statement ``content``, of an entity the words that name it), and
what the noun cannot be without: the issue and phase of an agenda item, the kind of an engagement or measure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from communique.codec import to_plain
from communique.errors import DecisionError
from communique.link.plover import find_code
from communique.model import EngagementKind, Status
from communique.record.rows import Row
from communique.record.values import Context, parse_value

PREFIXES = {
    "entities": "ent",
    "statements": "stm",
    "engagements": "eng",
    "agenda": "agd",
    "silences": "sil",
    "commitments": "cmt",
    "forecasts": "fct",
    "measures": "msr",
    "comparisons": "cmp",
}
BY_HAND = "selected by a person"
_WORDS = {"statements": "content", "entities": "mentions"}
_DEFAULTS: dict[str, Row] = {
    "entities": {"kind": None, "name": None, "names": [], "offices": [], "territory": None, "reasons": [BY_HAND]},
    "statements": {
        **dict.fromkeys(("cue", "source", "addressee", "made", "engagement")),
        "form": "indirect",
        "via": [],
        "polarity": "asserted",
        "rule": BY_HAND,
        "resolution": BY_HAND,
        "confidence": 1.0,
    },
    "engagements": {
        **dict.fromkeys(("kind", "title", "parent", "date", "place", "registered")),
        "status": "happened",
        "participants": [],
        "accounts": [],
        "reasons": [BY_HAND],
    },
    "agenda": {
        "engagement": None,
        "issue": None,
        "phase": None,
        "voice": {"kind": "publisher", "entity": None, "name": None},
    },
    "silences": {
        "kind": None,
        "what": None,
        "who": None,
        "engagement": None,
        "of": None,
        "reports": [],
        "voice": {"kind": "publisher", "entity": None, "name": None},
    },
    "commitments": {
        "debtors": [],
        "creditors": [],
        "what": None,
        "condition": None,
        "due": None,
        "status": "open",
        "status_evidence": [],
    },
    "forecasts": {
        "forecaster": None,
        "what": None,
        "hedge": None,
        "horizon": None,
        "engagement": None,
        "via": [],
        "resolution": "open",
        "resolution_evidence": [],
    },
    "measures": {
        "kind": None,
        "name": None,
        "actor": None,
        "targets": [],
        "date": None,
        "status": "happened",
        "answers": None,
        "order_check": "unknown",
    },
}


def make_row(noun: str, id: str, values: Mapping[str, Any], context: Callable[[str | None], Context]) -> Row:
    """A row of a noun as it is stored.

    Args:
        noun: One of `PREFIXES`, but for comparisons, which links make.
        id: For it.
        values: Fields as in `values`; the passage as ``evidence``, a place or several; ``document`` where it is given
            by its words.
        context: Of a document.

    Raises:
        DecisionError: The passage or a needed field is missing, or a value does not fit.
    """
    if noun not in _DEFAULTS:
        raise DecisionError(f"{noun} are made by linking two rows", "use link")
    given = dict(values)
    evidence = given.pop("evidence", None) or given.pop("content", None)
    document = given.pop("document", None)
    if not evidence:
        raise DecisionError("a row needs the words that it stands on", "give evidence: document, start, end")
    cited = parse_value("commitments", "evidence", evidence, context(document))
    places: list[Any] = cited if isinstance(cited, list) else []
    document = places[0]["document"]
    found = {name: parse_value(noun, name, value, context(document)) for name, value in given.items()}
    row = {**_DEFAULTS[noun], **found, "id": id, _WORDS.get(noun, "evidence"): places}
    if noun not in ("entities", "engagements"):
        row["document"] = document
    _complete(noun, row, places[0]["quote"], context(document))
    missing = [name for name in ("kind", "issue", "phase") if name in _DEFAULTS[noun] and row[name] is None]
    if missing:
        raise DecisionError(f"such a row needs {' and '.join(missing)}", f"give {missing[0]}")
    if noun == "engagements":
        row["plover"] = to_plain(find_code(EngagementKind(row["kind"]), Status(row["status"]), (), 0))
    return row


def _complete(noun: str, row: Row, quote: str, context: Context) -> None:
    """What a person did not say, out of the words themselves."""
    for name in ("what", "name", "title"):
        if name in row and row[name] is None:
            row[name] = " ".join(quote.split())
    if noun == "entities":
        row["names"] = [row["name"]]
    if noun == "engagements":
        row["evidence"] = [{**place, "status": row["status"]} for place in row["evidence"]]
    if noun == "statements":
        row["part"] = context.find_part(row["document"], row["content"][0]["start"])
