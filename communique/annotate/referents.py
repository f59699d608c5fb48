"""Who or what each name in a document means: names clustered into referents.

Persons: a full name opens a cluster, or joins one with the same surname and an agreeing given name. A bare surname belongs
to the person of that surname who was named last (two Clintons: the one spoken of), before any full name to the first that
follows. Everything else is one where our tables know it as one ("U.S.", "America"), or where it is called the same.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from communique.annotate.names import Name, get_given_names
from communique.annotate.offices import OfficePhrase
from communique.annotate.parse import Parsed
from communique.model import EntityKind, Office, Referent, content_id

# Words for a relation between persons, not for an office.
_NO_OFFICES = frozenset(["counterpart", "predecessor", "successor"])
_SUFFIXES = frozenset(["jr.", "jr", "sr.", "sr", "ii", "iii", "iv"])


@dataclass(slots=True)
class Cluster:
    """Names of one thing while it grows."""

    kind: EntityKind
    names: list[Name] = field(default_factory=list)
    surname: str = ""
    given: set[str] = field(default_factory=set)
    key: str | None = None
    territory: str | None = None


def cluster_names(names: list[Name]) -> list[Cluster]:
    """Groups the names of a document by who or what they mean, in the order of first mention."""
    clusters: list[Cluster] = []
    _cluster_persons([name for name in names if name.kind is EntityKind.PERSON], clusters)
    by_key: dict[str, Cluster] = {}
    for name in names:
        if name.kind is EntityKind.PERSON:
            continue
        key = name.entry.key if name.entry else f"{name.kind}:{_fold_name(name.text)}"
        cluster = by_key.get(key)
        if cluster is None:
            territory = name.entry.territory if name.entry else None
            cluster = by_key[key] = Cluster(name.kind, key=name.entry.key if name.entry else None, territory=territory)
            clusters.append(cluster)
        cluster.names.append(name)
    return sorted(clusters, key=lambda cluster: cluster.names[0].start)


def _fold_name(text: str) -> str:
    words = text.replace("’", "'").removesuffix("'s").split()
    return " ".join(word.casefold() for word in words if word.casefold() != "the")


def _words(name: Name) -> list[str]:
    words = name.text.replace("-", " ").split()
    return [word for word in words if word.casefold() not in _SUFFIXES] or words


def _cluster_persons(names: list[Name], clusters: list[Cluster]) -> None:
    persons: list[Cluster] = []
    for name in names:
        words = _words(name)
        if len(words) > 1:
            surname, given = words[-1].casefold(), words[0].casefold()
            cluster = next((c for c in persons if c.surname == surname and _agree(given, c.given)), None)
            if cluster is None:
                cluster = Cluster(EntityKind.PERSON, surname=surname)
                persons.append(cluster)
            cluster.given.add(given)
            cluster.names.append(name)
    bare: dict[str, Cluster] = {}
    for name in names:
        words = _words(name)
        if len(words) > 1:
            continue
        owner = _owner_of_bare(name, words[0].casefold(), persons)
        if owner is None:
            owner = bare.get(words[0].casefold())
        if owner is None:
            owner = bare[words[0].casefold()] = Cluster(EntityKind.PERSON, surname=words[0].casefold())
        owner.names.append(name)
        owner.names.sort(key=lambda n: n.start)
    clusters += persons + list(bare.values())


def _agree(given: str, known: set[str]) -> bool:
    """Given names that can be one person's: the same, an initial, or one spelling of it (Sergei, Sergey)."""
    return any(
        given == other
        or (given.rstrip(".") and other.startswith(given.rstrip(".")) and len(given.rstrip(".")) == 1)
        or (len(other.rstrip(".")) == 1 and given.startswith(other.rstrip(".")))
        or (len(given) > 4 and given[:4] == other[:4] and given[-1:] in "iye" and other[-1:] in "iye")
        for other in known
    )


def _owner_of_bare(name: Name, word: str, persons: list[Cluster]) -> Cluster | None:
    same = [cluster for cluster in persons if cluster.surname == word]
    if not same:
        called = [cluster for cluster in persons if word in cluster.given]
        earlier = [cluster for cluster in called if cluster.names[0].start < name.start] or called
        return earlier[0] if len(earlier) == 1 else None
    if len(same) == 1:
        return same[0]
    before = [(n.start, i) for i, c in enumerate(same) for n in c.names if n.start < name.start]
    if before:
        return same[max(before)[1]]
    return same[min((c.names[0].start, i) for i, c in enumerate(same))[1]]


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
        key = cluster.key or f"{display.casefold()}|{cluster.names[0].start}"
        referent_id = content_id("ref", document.id, cluster.kind, key)
        held = [phrase for name in cluster.names for phrase in offices.get(name, ())]
        referents.append(
            Referent(
                referent_id, document.id, cluster.kind, display,
                tuple(sorted({_clean(document.text[n.start : n.end]) for n in cluster.names})),
                _make_offices(parsed, held), cluster.territory, cluster.key,
            )
        )  # fmt: skip
        owner.update(dict.fromkeys(cluster.names, referent_id))
    return referents, owner


def _clean(name: str) -> str:
    """A name on one line, without the possessive."""
    words = " ".join(name.split())
    return words.removesuffix("'s").removesuffix("’s")


def _display_name(parsed: Parsed, cluster: Cluster) -> str:
    """The fullest name, the more frequent before the rarer; names in headlines come last."""
    if cluster.names[0].entry is not None and cluster.key:
        return cluster.names[0].entry.name
    in_text = [n for n in cluster.names if not parsed.blocks[n.block].is_heading] or cluster.names
    counts = Counter(_clean(parsed.document.text[n.start : n.end]) for n in in_text)
    return min(counts, key=lambda words: (-len(words.split()), -counts[words], words))


def _make_offices(parsed: Parsed, phrases: list[OfficePhrase]) -> tuple[Office, ...]:
    document = parsed.document
    as_of = document.published.edtf if document.published else None
    offices: dict[tuple[str, str | None, bool], Office] = {}
    full = frozenset().union(*(p.word.classes for p in phrases if not p.word.is_short))
    for phrase in sorted(phrases, key=lambda p: (p.block, p.first, p.is_title)):
        if phrase.word.classes & _NO_OFFICES or (phrase.word.is_short and phrase.word.classes & full):
            continue
        block = parsed.blocks[phrase.block]
        first = phrase.first + (block.tokens[phrase.first].pos_ in ("DET", "PRON"))
        span = block.span(block.tokens[first : phrase.last])
        evidence = document.evidence(span.start, span.end)
        title = " ".join(evidence.quote.split())
        name = title if phrase.last > phrase.core_last else phrase.word.office
        key = (name, phrase.organization, phrase.former)
        if key in offices:
            continue
        offices[key] = Office(name, phrase.organization, former=phrase.former, as_of=as_of, evidence=(evidence,))
    return tuple(_drop_vaguer(list(offices.values())))


def _drop_vaguer(offices: list[Office]) -> list[Office]:
    """An office without an organisation goes where the same office has one."""
    named = {(office.office, office.former) for office in offices if office.organization}
    return [office for office in offices if office.organization or (office.office, office.former) not in named]


def get_gender(referent: Referent) -> str | None:
    """``male``, ``female`` or None, by the given name."""
    if referent.kind is not EntityKind.PERSON:
        return None
    return get_given_names().get(referent.name.replace(".", " ").split()[0])
