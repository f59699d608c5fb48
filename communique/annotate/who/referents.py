"""Who or what each name in a document means: names clustered into referents.

Persons: a full name opens a cluster, or joins the one whose name can be the same person's (`text.names`). A bare
surname belongs to the person of that surname who was introduced first, unless a paragraph speaks of another one only; a
form of address of the other gender excludes. A given name alone belongs to its only bearer. Everything else is one
where our tables know it as one ("U.S.", "America"), is called the same, or is a short form ("Orion" of "Orion Corp.").
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace

from communique.annotate.parse import Parsed
from communique.annotate.who.firms import get_legal_forms
from communique.annotate.who.name_words import Name, get_given_names
from communique.annotate.who.office_titles import make_offices
from communique.annotate.who.offices import OfficePhrase
from communique.model import EntityKind, PartKind, Referent, content_id
from communique.text.names import PersonName, Verdict, compare_names, is_acronym_of, parse_person_name

# Letters of a short given name.
MIN_SHORT_FORM = 3


@dataclass(slots=True)
class Cluster:
    """Names of one thing while it grows."""

    kind: EntityKind
    names: list[Name] = field(default_factory=list)
    full: list[PersonName] = field(default_factory=list)  # unlike forms of a person's name
    first_in_block: dict[int, int] = field(default_factory=dict)  # block -> where it is named first there
    gender: str | None = None
    is_royal: bool = False  # one of the names is
    key: str | None = None
    territory: str | None = None

    @property
    def start(self) -> int:
        """Where it is named first."""
        return min(name.start for name in self.names)


def cluster_names(names: list[Name]) -> list[Cluster]:
    """Groups the names of a document by who or what they mean, in the order of first mention."""
    clusters = _cluster_persons([name for name in names if name.kind is EntityKind.PERSON])
    clusters += _cluster_things([name for name in names if name.kind is not EntityKind.PERSON])
    for cluster in clusters:
        cluster.names.sort(key=lambda name: name.start)
    return sorted(clusters, key=lambda cluster: cluster.start)


# --- things ---------------------------------------------------------------------------------------


def _cluster_things(names: list[Name]) -> list[Cluster]:
    by_key: dict[tuple[str, str | None], Cluster] = {}
    long_forms = _find_long_forms(names)
    owners = _find_owners(names)
    for name in names:
        entry = name.entry
        territory = owners.get(entry.key, entry.territory) if entry else None
        key = (entry.key if entry else _fold_name(long_forms.get(name.text, name.text)), territory)
        cluster = by_key.get(key)
        if cluster is None:
            cluster = by_key[key] = Cluster(name.kind, key=entry.key if entry else None, territory=territory)
        cluster.names.append(name)
    for cluster in by_key.values():
        # Where a short form was taken for a place, the long form knows better.
        cluster.kind = max(cluster.names, key=lambda name: (len(name.text.split()) > 1, -name.start)).kind
    return list(by_key.values())


def _find_owners(names: list[Name]) -> dict[str, str]:
    """Keys of bodies that many states have -> the state, where the document speaks of one only."""
    states: dict[str, set[str]] = {}
    for name in names:
        if name.entry is not None and name.entry.is_generic and name.entry.territory is not None:
            states.setdefault(name.entry.key, set()).add(name.entry.territory)
    return {key: found.pop() for key, found in states.items() if len(found) == 1}


def _find_long_forms(names: list[Name]) -> dict[str, str]:
    """Short forms of organisations -> the form that they stand for, where the document has one such only."""
    own = [name for name in names if name.entry is None]
    long = {name.text for name in own if " " in name.text and name.kind is not EntityKind.PLACE}
    without_form = {
        " ".join(words[:-1]): text for text in sorted(long) if (words := text.split())[-1] in get_legal_forms()
    }
    found = {}
    for short in sorted({name.text for name in own}):
        fits = {text for text in long if short.isupper() and text != short and _is_whole_acronym(short, text)}
        fits |= {text for plain, text in without_form.items() if plain == short or plain.startswith(short + " ")}
        if len(fits) == 1:
            found[short] = fits.pop()
    return found


def _is_whole_acronym(short: str, long: str) -> bool:
    """Has a short form one letter for each word that a name is written with a capital in?"""
    letters = sum(character.isalpha() for character in short)
    return letters == sum(word[0].isupper() for word in long.split()) and is_acronym_of(short, long)


def _fold_name(text: str) -> str:
    words = text.replace("’", "'").removesuffix("'s").split()
    return " ".join(word.casefold() for word in words if word.casefold() != "the")


# --- persons --------------------------------------------------------------------------------------


def _cluster_persons(names: list[Name]) -> list[Cluster]:
    persons: list[Cluster] = []
    parsed = {name: parse_person_name(name.text) for name in names}
    for name in sorted(names, key=lambda name: (-len(parsed[name].words), name.start)):
        person = parsed[name]
        if len(person.words) < 2:
            continue
        cluster = next((c for c in persons if _can_be(person, name, c)), None)
        if cluster is None:
            cluster = Cluster(EntityKind.PERSON)
            persons.append(cluster)
        if person not in cluster.full:
            cluster.full.append(person)
        _add(cluster, name)
    for cluster in persons:
        cluster.gender = cluster.gender or _gender_of_given(cluster.names)
    bare: dict[tuple[str, str | None], Cluster] = {}
    introduced = {id(cluster): cluster.start for cluster in persons}
    for name in names:
        if len(parsed[name].words) > 1:
            continue
        word = parsed[name].words[0] if parsed[name].words else name.text.casefold()
        own = bare.get((word, name.gender)) or bare.get((word, None))
        owner = own if _is_of_royal(name, own) else _owner_of_bare(name, word, persons, introduced) or own
        if owner is None:
            owner = bare[word, name.gender] = Cluster(EntityKind.PERSON)
        _add(owner, name)
    return persons + list(bare.values())


def _is_of_royal(name: Name, own: Cluster | None) -> bool:
    """Is a word alone the king's, who was named so in the paragraph before it?"""
    if own is None or not own.is_royal:
        return False
    return name.is_royal or own.first_in_block.get(name.block, name.start) < name.start


def _add(cluster: Cluster, name: Name) -> None:
    cluster.names.append(name)
    cluster.gender = cluster.gender or name.gender
    cluster.is_royal = cluster.is_royal or name.is_royal
    cluster.first_in_block[name.block] = min(name.start, cluster.first_in_block.get(name.block, name.start))


def _can_be(person: PersonName, name: Name, cluster: Cluster) -> bool:
    if name.gender and cluster.gender and name.gender != cluster.gender:
        return False
    return all(
        compare_names(person, other).verdict is not Verdict.DIFFERENT or _is_short_form(person, other)
        for other in cluster.full
    )


def _is_short_form(one: PersonName, other: PersonName) -> bool:
    """Pete and Peter, Ben and Benjamin, of one surname."""
    if one.words[-1] != other.words[-1] or not (one.given and other.given):
        return False
    short, long = sorted((one.given[0], other.given[0]), key=len)
    return len(short) >= MIN_SHORT_FORM and long.startswith(short)


def _owner_of_bare(name: Name, word: str, persons: list[Cluster], introduced: dict[int, int]) -> Cluster | None:
    same = [c for c in persons if any(word in full.families for full in c.full) and _agrees(name, c)]
    if name.is_royal:
        same = [c for c in same if c.is_royal]
    if not same:
        called = [c for c in persons if any(word in full.given for full in c.full)]
        earlier = [c for c in called if introduced[id(c)] < name.start] or called
        return earlier[0] if len(earlier) == 1 and not name.is_titled else None
    here = [c for c in same if c.first_in_block.get(name.block, name.start) < name.start]
    if len(here) == 1:
        return here[0]
    return min(same, key=lambda c: introduced[id(c)])


def _agrees(name: Name, cluster: Cluster) -> bool:
    return name.gender is None or cluster.gender is None or name.gender == cluster.gender


def _gender_of_given(names: list[Name]) -> str | None:
    given = get_given_names()
    found = {given[word] for name in names for word in name.text.split()[:1] if word in given and " " in name.text}
    return found.pop() if len(found) == 1 else None


# --- referents ------------------------------------------------------------------------------------


def make_referents(
    parsed: Parsed, clusters: list[Cluster], phrases: list[OfficePhrase]
) -> tuple[list[Referent], dict[Name, str]]:
    """Referents of a document with their offices, and the referent of each name."""
    document = parsed.document
    offices: dict[Name, list[OfficePhrase]] = {}
    for phrase in phrases:
        if phrase.holder is not None and not phrase.word.is_plural:
            offices.setdefault(phrase.holder, []).append(phrase)
    referents, owner = [], {}
    for cluster in clusters:
        display = _display_name(parsed, cluster)
        key = f"{cluster.key}|{cluster.territory}" if cluster.key else f"{display.casefold()}|{cluster.start}"
        referent_id = content_id("ref", document.id, cluster.kind, key)
        held = [phrase for name in cluster.names for phrase in offices.get(name, ())]
        told = {phrase.word.gender for phrase in held if phrase.word.gender and not phrase.former}
        gender = cluster.gender or _gender_of_given(cluster.names) or (told.pop() if len(told) == 1 else None)
        referents.append(
            Referent(
                referent_id, document.id, cluster.kind, display,
                tuple(sorted({_clean(document.text[n.start : n.end]) for n in cluster.names})),
                make_offices(parsed, held), cluster.territory, cluster.key,
                gender if cluster.kind is EntityKind.PERSON else None,
            )
        )  # fmt: skip
        owner.update(dict.fromkeys(cluster.names, referent_id))
    return referents, owner


def add_author(parsed: Parsed, referents: list[Referent]) -> list[Referent]:
    """The referents, with one for the author whom only a manifest names."""
    author = parsed.document.author
    if author is None or find_author(parsed, referents) is not None:
        return referents
    words = " ".join(author.value.split())
    own = Referent(
        content_id("ref", parsed.document.id, EntityKind.PERSON, f"{words.casefold()}|author"),
        parsed.document.id, EntityKind.PERSON, words, (words,),
    )  # fmt: skip
    return [*referents, replace(own, gender=get_gender(own))]


def find_author(parsed: Parsed, referents: list[Referent], name: str | None = None) -> Referent | None:
    """The person who signs the report (or is called ``name``); None if nobody is."""
    author = parsed.document.author
    wanted = name or (author.value if author is not None else None)
    if wanted is None:
        return None
    words = " ".join(wanted.split())
    persons = [referent for referent in referents if referent.kind is EntityKind.PERSON]
    return next((referent for referent in persons if words in (referent.name, *referent.names)), None)


def _clean(name: str) -> str:
    """A name on one line, without the possessive."""
    words = " ".join(name.split())
    return words.removesuffix("'s").removesuffix("’s")


def _display_name(parsed: Parsed, cluster: Cluster) -> str:
    """The fullest name, the more frequent before the rarer; names in headlines and comments come last."""
    if cluster.names[0].entry is not None and cluster.key:
        return cluster.names[0].entry.name
    in_text = [n for n in cluster.names if not parsed.blocks[n.block].is_heading] or cluster.names
    own = [n for n in in_text if parsed.blocks[n.block].part.part is not PartKind.COMMENT] or in_text
    counts = Counter(_clean(parsed.document.text[n.start : n.end]) for n in own)
    return min(counts, key=lambda words: (-len(words.split()), -counts[words], words))


def get_gender(referent: Referent) -> str | None:
    """``male``, ``female`` or None: by a form of address or an office in the text, else by the given name."""
    if referent.kind is not EntityKind.PERSON:
        return None
    words = referent.name.replace(".", " ").split()
    return referent.gender or (get_given_names().get(words[0]) if len(words) > 1 else None)
