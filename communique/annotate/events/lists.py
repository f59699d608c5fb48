"""Lists of persons with titles, as they stand in the text.

"Met with Queen Ida II, Prime Minister Ana Paz, and Foreign Minister Luis Rey": the parser often hangs the later ones on
something else, or makes a clause of them. Commas, "and" and titles say that they go on.
"""

from __future__ import annotations

from communique.annotate.clauses import is_verb
from communique.annotate.parse import Block, get_texts
from communique.annotate.who.actors import Actors
from communique.model import EntityKind, Source, SourceKind

_MARKS = frozenset([",", "and", "&", ";"])
_MOST = 12


def find_listed_on(actors: Actors, block: Block, last: Source) -> list[Source]:
    """Who goes on a list behind ``last``, each with a title and a name; empty where the list ends there."""
    found: list[Source] = []
    if last.kind is not SourceKind.PERSON or last.entity is None or last.end is None or last.start is None:
        return found
    span = block.tokens.char_span(last.start - block.start, last.end - block.start)
    k = span.end if span is not None else len(block.tokens)
    while k < len(block.tokens) and actors.is_person_name(block, block.tokens[k]):
        k += 1  # the words were the title alone
    while len(found) < _MOST and (following := _find_next(actors, block, k)) is not None:
        k, source = following
        found.append(source)
    return found


def _find_next(actors: Actors, block: Block, k: int) -> tuple[int, Source] | None:
    """The titled person behind the marks of a list at ``k``, with the token behind the name."""
    texts = get_texts(block.tokens)
    first = k
    while first < len(texts) and texts[first] in _MARKS and first - k < 2:
        first += 1
    if first == k:
        return None
    index = actors.index(block)
    phrase = next((p for j in range(first, min(first + 4, len(texts))) if (p := actors.phrases.get((index, j)))), None)
    if phrase is None or not phrase.is_title or phrase.holder is None or phrase.first != first:
        return None
    name = phrase.holder
    if name.kind is not EntityKind.PERSON or name.block != index or name.first < first or _is_told_of(block, name.last):
        return None
    sources = actors.sources(block, block.tokens[name.last - 1])
    source = next((s for s in sources if s.entity == actors.names[index, name.first][1]), None)
    return (name.last, source) if source is not None else None


def _is_told_of(block: Block, k: int) -> bool:
    """Does a verb follow, of which the name before is the subject?"""
    while k < len(block.tokens) and block.tokens[k].pos_ == "ADV":
        k += 1
    return k < len(block.tokens) and is_verb(block.tokens[k]) and block.tokens[k].tag_ not in ("VBG", "VBN")
