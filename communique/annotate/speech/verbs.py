"""The verbs that attribute, from the table of cues."""

from __future__ import annotations

from functools import cache

from communique.tables import load_table

_CUES = ("say", "think", "show", "quote_only", "name", "judge", "commit", "object", "compare")


@cache
def get_verbs() -> dict[str, frozenset[str]]:
    """Lemmas by kind of verb; see ``tables/cues.toml``."""
    table = load_table("cues")
    return {
        kind: frozenset(table[kind])
        for kind in (*_CUES, "particles", "needs_speaker", "denying", "wanting", "naming", "claims")
    }


@cache
def get_all_verbs() -> frozenset[str]:
    """All lemmas that can be a cue."""
    return frozenset().union(*(get_verbs()[kind] for kind in _CUES), get_prepositions())


@cache
def get_prepositions() -> dict[str, frozenset[str]]:
    """Verbs with the prepositions behind which they report ("called for restraint")."""
    return {verb: frozenset(words) for verb, words in load_table("cues")["with_preposition"].items()}


@cache
def get_remarks() -> frozenset[str]:
    """Nouns by which a report takes up what was said: "a charge that the ministry denied"."""
    return frozenset(load_table("cues")["remarks"])


@cache
def get_declining() -> tuple[frozenset[str], frozenset[str]]:
    """Verbs of refusing, and verbs of speaking that are refused."""
    table = load_table("cues")["declining"]
    return frozenset(table["verbs"]), frozenset(table["of"])


def is_saying(lemma: str) -> bool:
    """True for verbs that introduce speech."""
    return lemma in get_verbs()["say"]


def is_speaking_noun(lemma: str) -> bool:
    """True for common nouns of persons, bodies, governments, media and texts."""
    return any(lemma in words for words in _get_speaking_nouns())


@cache
def _get_speaking_nouns() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(words) for words in load_table("nouns").values())


def is_text(lemma: str) -> bool:
    """True for common nouns of texts: "statement", "letter"."""
    return lemma in load_table("nouns")["documents"]
