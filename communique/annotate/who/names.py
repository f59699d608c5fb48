"""The proper names of a document, as spans with a kind.

Order of the steps:

1. names that our tables know (`gazetteer`);
2. instruments by their head noun (`instruments`);
3. names that the language model found, mended: possessives, titles and headline verbs cut off, given names and
   particles added, a known country taken out ("Kenya Ruiz"), a longer organisation kept over the place inside it;
4. persons that it left out, behind a title or a given name (`persons`);
5. the document's vote: what is called a person here and a place there is one thing; what is a person's surname in full
   once is that person's name wherever it stands alone; who signs is a person.

Who is meant by a name is decided in `referents`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from spacy.tokens import Doc

from communique.annotate.parse import Block, Parsed
from communique.annotate.who.beside import is_beside_office
from communique.annotate.who.firms import add_firms, find_firms
from communique.annotate.who.first_names import find_first_names
from communique.annotate.who.gazetteer import Entry, find_owner, get_gazetteer, match_names
from communique.annotate.who.instruments import find_instruments
from communique.annotate.who.name_words import PARTICLES, ROYAL, Name, get_given_names, make_name
from communique.annotate.who.office_words import find_title_ends, match_offices
from communique.annotate.who.persons import (
    Titles,
    complete_name,
    extend_person,
    find_by_words,
    is_behind_office,
    settle,
    trim_person,
    vote_surnames,
)
from communique.annotate.who.titled import find_titled, is_free_name
from communique.annotate.who.towns import find_towns
from communique.model import EntityKind, PartKind, Span

_LABELS = {
    "PERSON": EntityKind.PERSON,
    "ORG": EntityKind.ORGANIZATION,
    "GPE": EntityKind.PLACE,
    "LOC": EntityKind.PLACE,
    "FAC": EntityKind.PLACE,
    "LAW": EntityKind.INSTRUMENT,
}
_DETERMINERS = frozenset(["the", "a", "an"])


def find_names(parsed: Parsed) -> list[Name]:
    """All names of a document, in text order, without overlaps."""
    found = [_find_in_block(i, block, parsed.folded) for i, block in enumerate(parsed.blocks)]
    found = _add_authors(parsed, found)
    found = _vote_kinds(parsed, found)
    surnames = vote_surnames(parsed, found)
    firms = find_firms(name.text for names in found for name in names if name.kind is EntityKind.ORGANIZATION)
    first_names = find_first_names(parsed, found)
    settled = [settle(i, parsed, names, surnames, first_names) for i, names in enumerate(found)]
    return [name for i, names in enumerate(settled) for name in add_firms(i, parsed, names, firms - surnames)]


# --- one paragraph --------------------------------------------------------------------------------


@dataclass(slots=True)
class _Search:
    """A paragraph while its names are looked for."""

    index: int
    block: Block
    folded: str
    titles: Titles
    known: list[tuple[int, int, Entry]]
    names: list[Name]
    taken: set[int]
    titled: dict[int, tuple[int, int]]  # tokens of names behind a title -> these

    def add(self, first: int, last: int, kind: EntityKind, entry: Entry | None = None) -> None:
        """Keeps a name, with what the title before it tells."""
        if kind is EntityKind.PERSON:
            first, last = self._complete(first, last)
        name = make_name(self.index, self.block, self.folded, first, last, kind, entry)
        if kind is EntityKind.PERSON and first - 1 in self.titles:
            name = replace(name, gender=self.titles[first - 1], is_titled=True)
            name = replace(name, is_royal=self.block.tokens[first - 1].lower_ in ROYAL and last == first + 1)
        self.names.append(name)
        self.taken |= set(range(first, last))

    def _complete(self, first: int, last: int) -> tuple[int, int]:
        """The whole name where a part of it was found."""
        run = next((self.titled[k] for k in range(first, last) if k in self.titled), (first, last))
        begin, end = min(run[0], first), max(run[1], last)
        return (begin, end) if self.taken.isdisjoint(range(begin, end)) else (first, last)


def _find_in_block(index: int, block: Block, folded: str) -> list[Name]:
    tokens = block.tokens
    titles = find_title_ends(tokens, match_offices(tokens))
    known = match_names(tokens, folded[block.start : block.end])
    titled = {} if block.is_heading else find_titled(tokens, titles, known)
    known = [(a, b, entry) for a, b, entry in known if a not in titled]
    search = _Search(index, block, folded, titles, known, [], set(), titled)
    if not block.is_heading:
        for first, last in find_instruments(tokens, known, titles):
            search.add(first, last, EntityKind.INSTRUMENT)
    dropped = _add_recognised(search)
    in_tables = {k for n, (a, b, _) in enumerate(known) if n not in dropped for k in range(a, b)}
    if not block.is_heading:
        for first, last in find_by_words(tokens, titles, search.taken | in_tables):
            search.add(first, last, EntityKind.PERSON)
        for first, last in sorted(set(titled.values())):
            if search.taken.isdisjoint(range(first, last)) and is_free_name(tokens, last):
                search.add(first, last, EntityKind.PERSON)
    for n, (a, b, entry) in enumerate(known):
        if n not in dropped and search.taken.isdisjoint(range(a, b)) and not _is_modifier(tokens, a, b, entry):
            own = replace(entry, territory=find_owner(tokens, a)) if entry.is_generic else entry
            search.add(a, b, entry.kind, own)
    names = sorted(search.names, key=lambda name: name.first)
    return find_towns(index, block, folded, names, titles)


def _add_recognised(search: _Search) -> set[int]:
    """Adds the language model's names; returns which of the known names they replace."""
    tokens = search.block.tokens
    owner = {k: n for n, (a, b, _) in enumerate(search.known) for k in range(a, b)}
    dropped: set[int] = set()
    for ent in tokens.ents:
        kind = _LABELS.get(ent.label_)
        is_holder = is_behind_office(tokens, ent.start, ent.end) or is_beside_office(tokens, ent.start, ent.end)
        is_holder = is_holder or ent.start in search.titled
        kind = EntityKind.PERSON if is_holder and not search.block.is_heading else kind
        if kind is None:
            continue
        first, last = _trim(tokens, ent.start, ent.end, kind, search.titles)
        inside = {owner[k] for k in range(first, last) if k in owner}
        if inside:
            reach = [search.known[n] for n in inside]
            if any(a <= first and b >= last for a, b, _ in reach):
                continue  # the table knows it
            if any(entry.is_generic and b == last and find_owner(tokens, a) for a, b, entry in reach):
                continue  # "Latvian Foreign Ministry": the state is no part of the name
            is_person = first - 1 in search.titles or _is_person_around(tokens, first, last, reach)
            if kind is EntityKind.PERSON and not is_person:
                first, last = _cut_known(first, last, reach)
                inside = set()
            elif kind is EntityKind.PLACE or any(a < first or b > last for a, b, _ in reach):
                continue
        if last in search.titled and last - 1 in search.titles and search.titled[last][0] == last:
            continue  # "Amir Sheikh" before the name
        if kind is EntityKind.PERSON and last > first:
            first, last = extend_person(tokens, first, last, {*search.taken, *(owner.keys() - range(first, last))})
            last = last if search.block.is_heading else complete_name(tokens, first, last, search.titles)
        if last > first and search.taken.isdisjoint(range(first, last)):
            dropped |= inside
            search.add(first, last, kind)
    return dropped


def _trim(tokens: Doc, first: int, last: int, kind: EntityKind, titles: Titles) -> tuple[int, int]:
    """Cuts determiners, titles, possessive marks and words in lower case off a name; (n, n) where it is none."""
    while last > first and (tokens[last - 1].tag_ == "POS" or not tokens[last - 1].text[-1].isalnum()):
        if tokens[last - 1].text[-1] == "." and len(tokens[last - 1]) > 1:
            break
        last -= 1
    while first < last and (tokens[first].lower_ in _DETERMINERS or not tokens[first].text[0].isalnum()):
        first += 1
    if first >= last:
        return first, first
    if kind is EntityKind.PERSON:
        return trim_person(tokens, first, last, titles)
    while last > first and tokens[last - 1].text[0].islower():
        last -= 1
    while first < last and tokens[first].text[0].islower() and tokens[first].text not in PARTICLES:
        first += 1
    has_capital = any(character.isupper() for character in tokens[first:last].text)
    if not has_capital or _is_pair_of_states(tokens, first, last) or _is_no_body(tokens, first, last, kind, titles):
        return first, first
    return first, last


def _is_no_body(tokens: Doc, first: int, last: int, kind: EntityKind, titles: Titles) -> bool:
    """A title alone, a party's mark ("D-Md."), a holiday, inhabitants."""
    texts = [tokens[k].text for k in range(first, last)]
    if len(texts) == 1 and (first in titles or tokens[first].text in get_gazetteer().people):
        return True
    if kind is EntityKind.ORGANIZATION and texts[-1] == "Day":
        return True
    if kind is EntityKind.PLACE and tokens[last - 1].tag_ == "NNPS" and texts[-1].endswith("ans"):
        return True
    joined = "".join(texts)
    return len(joined) > 2 and joined[0] in "DRI" and joined[1] == "-" and len(joined) < 10


def _is_pair_of_states(tokens: Doc, first: int, last: int) -> bool:
    """ "U.S.-Russia" names two states, not a place."""
    gazetteer = get_gazetteer()
    parts = tokens[first:last].text.replace("–", "-").split("-")
    return len(parts) == 2 and all(part in gazetteer.adjectives or part in gazetteer.names for part in parts)


def _is_person_around(tokens: Doc, first: int, last: int, reach: list[tuple[int, int, Entry]]) -> bool:
    """ "Jordan Peterson" is a person around a country's name, "Kenya Ruiz" a country before a person's.

    Cities give their names to people ("Santiago Peña") more often than they stand before them.
    """
    given = get_given_names()
    if any(entry.kind is EntityKind.PLACE and a == first and b < last for a, b, entry in reach):
        return True
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


# --- the document ---------------------------------------------------------------------------------


def _add_authors(parsed: Parsed, found: list[list[Name]]) -> list[list[Name]]:
    """Who signs the report or a comment is a person, whatever the model takes the by-line for."""
    document = parsed.document
    spans = []
    if document.author is not None and document.author.evidence is not None:
        spans.append(document.author.evidence.span)
    for part in document.parts:
        at = parsed.document.text.find(part.author, part.start, part.end) if part.author else -1
        if part.part is PartKind.COMMENT and part.author and at >= 0:
            spans.append(Span(at, at + len(part.author)))
    for start, end in spans:
        for i, block in enumerate(parsed.blocks):
            if not block.start <= start < block.end:
                continue
            inside = [k for k, t in enumerate(block.tokens) if start <= block.start + t.idx < end and not t.is_space]
            if inside:
                first, last = inside[0], inside[-1] + 1
                name = make_name(i, block, parsed.folded, first, last, EntityKind.PERSON)
                others = [n for n in found[i] if n.last <= first or n.first >= last]
                signed = replace(name, is_titled=True, is_signed=True)
                found[i] = sorted([*others, signed], key=lambda n: n.first)
    return found


def _vote_kinds(parsed: Parsed, found: list[list[Name]]) -> list[list[Name]]:
    """One kind for all names of one form: the one that most of them have, headlines apart."""
    votes: defaultdict[str, Counter[EntityKind]] = defaultdict(Counter)
    given = get_given_names()
    for block, names in zip(parsed.blocks, found, strict=True):
        for name in names:
            if name.entry is None:
                words = name.text.split()
                sure = name.is_titled or words[0] in given
                weight = (8 if sure else 2 if len(words) > 1 else 1) if name.kind is EntityKind.PERSON else 1
                votes[name.text][name.kind] += weight * (1 if block.is_heading else 5)
    best = {text: min(kinds, key=lambda kind: (-kinds[kind], kind)) for text, kinds in votes.items() if len(kinds) > 1}
    firms = find_firms(votes)
    surnames = {text.split()[-1] for text, kinds in votes.items() if EntityKind.PERSON in kinds and " " in text}
    for word in firms - surnames:
        if word in votes:
            best[word] = EntityKind.ORGANIZATION
    return [
        [replace(name, kind=best[name.text]) if name.entry is None and name.text in best else name for name in names]
        for names in found
    ]
