"""Instruments by their head noun: capitalised words before "list", "treaty", "communique" ... ("Geneva communique")."""

from __future__ import annotations

from functools import cache

from spacy.tokens import Doc, Token

from communique.annotate.parse import get_texts
from communique.annotate.who.gazetteer import Entry, get_gazetteer
from communique.model import EntityKind
from communique.tables import load_table


@cache
def _heads() -> tuple[frozenset[str], frozenset[str]]:
    table = load_table("instruments")
    heads = set(table["heads"])
    return frozenset(heads | {f"{head}s" for head in heads}), frozenset(table["generic"])


@cache
def _meetings() -> frozenset[str]:
    return frozenset(load_table("instruments")["meetings"])


def find_instruments(
    tokens: Doc, known: list[tuple[int, int, Entry]], title_ends: dict[int, str | None]
) -> list[tuple[int, int]]:
    """Spans of tokens that name an instrument which the table does not hold; ``known``: names that tables know."""
    heads, generic = _heads()
    entries = {k: entry for a, b, entry in known for k in range(a, b)}
    found = []
    for k, lower in enumerate([text.lower() for text in get_texts(tokens)]):
        if lower not in heads or k == 0:
            continue
        token = tokens[k]
        if token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ in ("PERSON", "EVENT"):
            continue
        if k in entries and entries[k].kind is EntityKind.INSTRUMENT:
            continue
        first = _find_first(tokens, k, title_ends)
        own = [n for n in range(first, k) if not _is_of_state(tokens[n], entries.get(n))]
        if not own or _is_longer_name(tokens, k):
            continue
        if tokens[k - 1 : k + 1].text in _meetings():
            continue
        head = lower.removesuffix("s") if lower not in generic else lower
        if token.text[0].isupper() or head not in generic or not _is_sentence_start(tokens, first, k):
            found.append((first, k + 1))
    return found


def _find_first(tokens: Doc, k: int, title_ends: dict[int, str | None]) -> int:
    first = k
    while first > 0 and first - 1 not in title_ends:
        token = tokens[first - 1]
        is_hyphen = token.text == "-" and first > 1 and not token.whitespace_ and tokens[first - 2].text[0].isupper()
        if is_hyphen:
            first -= 2
        elif token.text[0].isupper() and token.pos_ in ("PROPN", "NOUN", "ADJ", "NUM"):
            first -= 1
        else:
            break
    return first


def _is_longer_name(tokens: Doc, k: int) -> bool:
    """ "Southern Poverty Law Center": the head goes on to something else."""
    return (
        tokens[k].text[0].isupper()
        and k + 1 < len(tokens)
        and tokens[k + 1].pos_ == "PROPN"
        and tokens[k + 1].text[0].isupper()
        and tokens[k].dep_ in ("compound", "nmod")
    )


def _is_of_state(token: Token, entry: Entry | None) -> bool:
    """Words that say whose it is, not what it is called: "U.S.", "Russian", "NATO", "Republican"."""
    gazetteer = get_gazetteer()
    if token.text in gazetteer.adjectives or token.text in gazetteer.people or token.ent_type_ == "NORP":
        return True
    return entry is not None and entry.kind in (EntityKind.GOVERNMENT, EntityKind.ORGANIZATION)


def _is_sentence_start(tokens: Doc, first: int, last: int) -> bool:
    return last - first == 1 and bool(tokens[first].is_sent_start)
