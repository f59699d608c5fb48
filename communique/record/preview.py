"""What a merge would touch, for a person to look at before; nothing is written."""

from __future__ import annotations

from dataclasses import dataclass

from communique.model import EntityKind
from communique.record.reader import Record
from communique.record.rows import Row

MOST_NAMED = 3  # documents in a warning


@dataclass(frozen=True, slots=True)
class Preview:
    """What a merge would touch: rows by noun that name the others, and what speaks against it."""

    touched: dict[str, int]
    warnings: tuple[str, ...]


def preview(record: Record, keep: str, others: list[str]) -> Preview:
    """What merging would touch, and what speaks against it; nothing is written.

    Raises:
        RecordError: There is no such row.
    """
    noun, _ = record.resolve(keep)
    rows = [record.row(name) for name in (keep, *others)]
    ids = [row["id"] for row in rows[1:]]
    touched = {
        table: sum(int(str(record.query(f"SELECT count(*) FROM {table} WHERE {where}", (id,))[0][0])) for id in ids)
        for table, where in _TOUCHED[noun].items()
    }
    return Preview({table: count for table, count in touched.items() if count}, tuple(_warn(record, noun, rows)))


_NAMES = "instr({0}, '\"entity\":\"' || ?1 || '\"')"
_TOUCHED: dict[str, dict[str, str]] = {
    "entities": {
        "mentions": "entity = ?1",
        "statements": "source_entity = ?1",
        "engagements": _NAMES.format("participants"),
        "agenda": _NAMES.format("voice"),
        "commitments": _NAMES.format("debtors || creditors"),
        "forecasts": _NAMES.format("coalesce(forecaster, '')"),
        "measures": _NAMES.format("coalesce(actor, '') || targets"),
    },
    "engagements": {
        "event_mentions": "engagement = ?1",
        "statements": "engagement = ?1",
        "agenda": "engagement = ?1",
        "forecasts": "engagement = ?1",
        "engagements": "parent = ?1",
        "comparisons": "about = ?1",
    },
}


def _warn(record: Record, noun: str, rows: list[Row]) -> list[str]:
    """What a person should look at before merging."""
    kinds = sorted({str(row["kind"]) for row in rows})
    found = [f"they are of different kinds: {', '.join(kinds)}"] if len(kinds) > 1 else []
    if noun != "entities":
        return found
    names = sorted({str(row["name"]) for row in rows})
    firsts = sorted({words[0] for name in names if len(words := name.split()) > 1})
    if kinds == [EntityKind.PERSON] and len(firsts) > 1:
        found.append(f"their first names differ: {', '.join(firsts)}")
    together = sorted(set.intersection(*({place["document"] for place in row["mentions"]} for row in rows)))
    if together and len(names) > 1:
        told = ", ".join(_call(record.row(id)) for id in together[:MOST_NAMED])
        more = f" and {len(together) - MOST_NAMED} more" if len(together) > MOST_NAMED else ""
        found.append(f"{' and '.join(names)} stand beside each other in {told}{more}")
    return found


def _call(document: Row) -> str:
    return f"“{document['title']}”" if document["title"] else str(document["file"])
