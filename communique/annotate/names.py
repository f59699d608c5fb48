"""The proper names of a document, as spans with a kind.

Order of the steps:

1. names that our tables know (`gazetteer`);
2. names that the language model found, mended: possessives and headline verbs cut off, a known country taken out
   ("Syria Kerry"), a longer organisation kept over the place inside it ("Moscow Helsinki Group");
3. instruments: capitalised words before "list", "treaty", "communique" ...;
4. titles before a name ("Secretary Kerry") make a person of what the model called something else;
5. the vote: what is a person's surname in full once is that person's name wherever it stands alone.

Who is meant by a name is decided in `referents`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from spacy.tokens import Doc, Token

from communique.annotate.gazetteer import Entry, get_gazetteer, match_names
from communique.annotate.parse import Block, Parsed
from communique.model import EntityKind
from communique.tables import load_table

_LABELS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "LAW": EntityKind.INSTRUMENT,
}
_PARTICLES = frozenset(
    ["al", "el", "bin", "ibn", "de", "da", "di", "du", "la", "le", "van", "von", "der", "den", "ter", "zu", "ul", "-"]
)
_SUFFIXES = frozenset(["Jr.", "Jr", "Sr.", "Sr", "II", "III", "IV"])
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Name:
    """A name: tokens ``first:last`` of block ``block``, code points ``start:end`` of the document."""

    block: int
    first: int
    last: int
    start: int
    end: int
    text: str
    kind: EntityKind
    entry: Entry | None = None


def find_names(parsed: Parsed) -> list[Name]:
    """All names of a document, in text order, without overlaps."""
    found = [_find_in_block(i, block, parsed.folded) for i, block in enumerate(parsed.blocks)]
    surnames = _vote_surnames(parsed, found)
    names: list[Name] = []
    for i, block in enumerate(parsed.blocks):
        settled = _settle_persons(block, found[i], surnames)
        taken = {k for name in settled for k in range(name.first, name.last)}
        settled += [
            _name(i, block, parsed.folded, k, k + 1, EntityKind.PERSON)
            for k, token in enumerate(block.tokens)
            if token.text in surnames and k not in taken and _stands_alone(block.tokens, k, taken)
        ]
        names += sorted(settled, key=lambda name: name.first)
    return names


def _name(
    index: int, block: Block, folded: str, first: int, last: int, kind: EntityKind, entry: Entry | None = None
) -> Name:
    tokens = block.tokens
    start = block.start + tokens[first].idx
    end = block.start + tokens[last - 1].idx + len(tokens[last - 1])
    return Name(index, first, last, start, end, folded[start:end], kind, entry)


# --- one paragraph --------------------------------------------------------------------------------


def _find_in_block(index: int, block: Block, folded: str) -> list[Name]:
    tokens = block.tokens
    text = folded[block.start : block.end]
    known = match_names(tokens, text)
    names = [_name(index, block, folded, a, b, EntityKind.INSTRUMENT) for a, b in _find_instruments(tokens, known)]
    taken = {k for name in names for k in range(name.first, name.last)}
    owner = {k: n for n, (a, b, _) in enumerate(known) for k in range(a, b)}
    dropped: set[int] = set()
    for ent in tokens.ents:
        kind = _LABELS.get(ent.label_)
        if kind is None:
            continue
        first, last = _trim(tokens, ent.start, ent.end, kind)
        if last <= first or any(k in taken for k in range(first, last)):
            continue
        inside = {owner[k] for k in range(first, last) if k in owner}
        if inside:
            reach = [known[n] for n in inside]
            if any(a <= first and b >= last for a, b, _ in reach):
                continue  # the table knows it
            if kind is EntityKind.PERSON and not _is_person_around(tokens, first, last, reach):
                first, last = _cut_known(first, last, reach)
                if last <= first:
                    continue
                inside = set()
            elif kind is EntityKind.PLACE or any(a < first or b > last for a, b, _ in reach):
                continue
        dropped |= inside
        taken |= set(range(first, last))
        names.append(_name(index, block, folded, first, last, kind))
    for n, (a, b, entry) in enumerate(known):
        if n not in dropped and not any(k in taken for k in range(a, b)) and not _is_modifier(tokens, a, b, entry):
            names.append(_name(index, block, folded, a, b, entry.kind, entry))
    return sorted(names, key=lambda name: name.first)


def _trim(tokens: Doc, first: int, last: int, kind: EntityKind) -> tuple[int, int]:
    """Cuts determiners, titles and possessive marks off a name; a person's name is a run of capitalised words."""
    while last > first and (tokens[last - 1].tag_ == "POS" or not _WORD.search(tokens[last - 1].text)):
        last -= 1
    while first < last and (tokens[first].lower_ in ("the", "a", "an") or not _WORD.search(tokens[first].text)):
        first += 1
    if kind is EntityKind.PERSON:
        while first < last and (_is_title_word(tokens[first]) or tokens[first].pos_ in ("SCONJ", "ADP", "DET", "PRON")):
            first += 1
        end = first
        while end < last and (_is_name_word(tokens[end]) or tokens[end].lower_ in _PARTICLES):
            end += 1
        last = end
    elif (last - first == 1 and tokens[first].text[0].islower()) or _is_pair_of_states(tokens, first, last):
        return first, first
    return first, last


def _is_pair_of_states(tokens: Doc, first: int, last: int) -> bool:
    """ "U.S.-Russia" names two states, not a place."""
    gazetteer = get_gazetteer()
    parts = "".join(token.text_with_ws for token in tokens[first:last]).strip().split("-")
    return len(parts) == 2 and all(part in gazetteer.adjectives or part in gazetteer.names for part in parts)


def _is_name_word(token: Token) -> bool:
    return token.text[0].isupper() and token.text[-1:] not in "&/" and token.pos_ not in ("VERB", "AUX")


def _is_person_around(tokens: Doc, first: int, last: int, reach: list[tuple[int, int, Entry]]) -> bool:
    """ "Jordan Peterson" is a person around a country's name, "Syria Kerry" a country before a person's."""
    given = get_given_names()
    inner = [tokens[k].text for a, b, _ in reach for k in range(max(a, first), min(b, last))]
    return any(word in given for word in inner) or tokens[first].text in given


def _cut_known(first: int, last: int, reach: list[tuple[int, int, Entry]]) -> tuple[int, int]:
    for a, b, _ in sorted(reach, key=lambda match: match[0]):
        if a <= first:
            first = max(first, b)
        else:
            last = min(last, a)
    return first, last


def _is_modifier(tokens: Doc, first: int, last: int, entry: Entry) -> bool:
    """ "U.S.-Russian relations", "Russian": adjectives are no names of the state."""
    if entry.kind is not EntityKind.GOVERNMENT or last - first > 1:
        return False
    return tokens[first].text in get_gazetteer().adjectives and tokens[first].text not in get_gazetteer().names


@cache
def get_given_names() -> dict[str, str]:
    """Given names with their gender, ``male`` or ``female``."""
    table = load_table("given_names")
    return {name: gender for gender in ("male", "female") for name in table[gender]}


@cache
def get_title_words() -> frozenset[str]:
    """Capitalised words that stand before a person's name as a title: Secretary, President, Mr, Dr ..."""
    offices = load_table("offices")
    words = {row["word"] if isinstance(row, dict) else row for row in offices["honorifics"]}
    for row in offices["office"]:
        if not row.get("description"):
            words |= {form.split()[-1] for form in (*row["words"], *row.get("short", ()))}
    words |= {"Amb", "Amb.", "Sen", "Rep", "Gov", "Gen", "Prof"}
    return frozenset(word for word in words if word[0].isupper())


def _is_title_word(token: Token) -> bool:
    return token.text in get_title_words() and token.i + 1 < len(token.doc) and token.nbor().text[0].isupper()


# --- instruments ----------------------------------------------------------------------------------


@cache
def _instrument_heads() -> tuple[frozenset[str], frozenset[str]]:
    table = load_table("instruments")
    heads = set(table["heads"])
    return frozenset(heads | {f"{head}s" for head in heads}), frozenset(table["generic"])


def _find_instruments(tokens: Doc, known: list[tuple[int, int, Entry]]) -> list[tuple[int, int]]:
    """Capitalised words before a head noun: "Magnitsky list", "Geneva communique"."""
    heads, generic = _instrument_heads()
    entries = {k: entry for a, b, entry in known for k in range(a, b)}
    found = []
    for k, token in enumerate(tokens):
        if token.lower_ not in heads or k == 0 or token.pos_ not in ("NOUN", "PROPN") or token.ent_type_ == "PERSON":
            continue
        first = k
        while first > 0 and tokens[first - 1].text[0].isupper() and tokens[first - 1].pos_ in ("PROPN", "NOUN", "ADJ", "NUM"):
            first -= 1
        if k in entries and entries[k].kind is EntityKind.INSTRUMENT:
            continue
        modifiers = [tokens[n] for n in range(first, k)]
        if not modifiers:
            continue
        own = [n for n in range(first, k) if not _is_of_state(tokens[n], entries.get(n))]
        head = token.lower_.removesuffix("s") if token.lower_ not in generic else token.lower_
        if own and (token.text[0].isupper() or head not in generic or not _is_sentence_start(tokens, first, k)):
            found.append((first, k + 1))
    return found


def _is_of_state(token: Token, entry: Entry | None) -> bool:
    """Words that say whose it is, not what it is called: "U.S.", "Russian", "NATO", titles."""
    gazetteer = get_gazetteer()
    if token.text in gazetteer.adjectives or token.text in gazetteer.names and token.text in gazetteer.people:
        return True
    return entry is not None and entry.kind in (EntityKind.GOVERNMENT, EntityKind.ORGANIZATION)


def _is_sentence_start(tokens: Doc, first: int, last: int) -> bool:
    return last - first == 1 and bool(tokens[first].is_sent_start)


# --- persons --------------------------------------------------------------------------------------


def _vote_surnames(parsed: Parsed, found: list[list[Name]]) -> frozenset[str]:
    """Surnames of persons who are named in full, or with a title, in running text."""
    votes: Counter[str] = Counter()
    against: Counter[str] = Counter()
    for block, names in zip(parsed.blocks, found, strict=True):
        if block.is_heading:
            continue
        for name in names:
            words = [token for token in block.tokens[name.first : name.last] if token.text not in _SUFFIXES]
            if not words:
                continue
            if name.kind is EntityKind.PERSON:
                titled = name.first > 0 and _is_title_word(block.tokens[name.first - 1])
                votes[words[-1].text] += 2 if len(words) > 1 or titled else 1
            elif name.entry is not None:
                against[words[-1].text] += 1
    for block in parsed.blocks:
        for token in block.tokens:
            if not block.is_heading and _is_title_word(token) and token.nbor().text not in get_title_words() and token.nbor().pos_ == "PROPN":
                votes[token.nbor().text] += 1
    known = get_gazetteer().names
    return frozenset(
        word
        for word, n in votes.items()
        if n >= 2 and n > against[word] and word[0].isupper() and len(word) > 1 and word not in known
    )


def _settle_persons(block: Block, names: list[Name], surnames: frozenset[str]) -> list[Name]:
    """Turns what is called by a person's surname into a person; drops headline noise."""
    settled = []
    in_title = block.is_heading
    for name in names:
        words = [token.text for token in block.tokens[name.first : name.last]]
        if name.entry is None and len(words) == 1 and words[0] in surnames:
            name = replace(name, kind=EntityKind.PERSON)
        if name.kind is EntityKind.PERSON and name.entry is None:
            name = _cut_headline(block, name, surnames)
            if words == [block.tokens[name.first].text] and words[0] in get_title_words():
                continue
            if in_title and not any(word in surnames for word in words):
                continue
        elif in_title and name.kind is EntityKind.ORGANIZATION and name.entry is None:
            continue
        settled.append(name)
    return settled


def _cut_headline(block: Block, name: Name, surnames: frozenset[str]) -> Name:
    """ "Kerry Gets" is Kerry: in a headline every word has a capital."""
    words = [token.text for token in block.tokens[name.first : name.last]]
    cut = next((k for k, word in enumerate(words) if word in surnames), None)
    if cut is None or cut == len(words) - 1 or words[cut + 1] in _SUFFIXES:
        return name
    if words[-1] in surnames or words[0] in get_given_names() and cut == 0:
        return name
    last = name.first + cut + 1
    end = block.start + block.tokens[last - 1].idx + len(block.tokens[last - 1])
    return replace(name, last=last, end=end, text=name.text[: end - name.start])


def _stands_alone(tokens: Doc, k: int, taken: set[int]) -> bool:
    """False for a surname inside a longer name ("Clinton Foundation")."""
    following = tokens[k + 1] if k + 1 < len(tokens) else None
    if following is not None and following.pos_ == "PROPN" and following.text[0].isupper() and k + 1 not in taken:
        return following.lower_ not in ("foundation", "administration", "doctrine", "institute", "house", "university")
    return True
