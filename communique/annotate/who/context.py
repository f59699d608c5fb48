"""What is known of a document's names while pronouns and descriptions are resolved."""

from __future__ import annotations

from dataclasses import dataclass, field

from communique.annotate.clauses import SUBJECTS
from communique.annotate.parse import Parsed
from communique.annotate.who.name_words import Name
from communique.annotate.who.office_words import OfficeWord
from communique.annotate.who.offices import OfficePhrase
from communique.annotate.who.unnamed import Unnamed
from communique.model import Referent

# Who does or undergoes what a verb says; "by" opens the doer of a passive one.
DOERS = SUBJECTS | {"agent"}


@dataclass(frozen=True, slots=True)
class Named:
    """A person (or a medium) named at a token of a sentence."""

    referent: str
    sentence: int
    block: int
    token: int
    is_subject: bool


@dataclass(frozen=True, slots=True)
class Holder:
    """A person's office as the document gives it."""

    word: OfficeWord
    territory: str | None
    organization: str | None
    former: bool

    @property
    def classes(self) -> frozenset[str]:
        """The kinds of office that it can be."""
        return self.word.classes


@dataclass(slots=True)
class Context:
    """What is known of a document's names when pronouns are resolved."""

    parsed: Parsed
    referents: dict[str, Referent]
    names: dict[tuple[int, int], tuple[Name, str]]  # (block, token) -> name and its referent
    phrases: dict[tuple[int, int], OfficePhrase]  # (block, core token) -> phrase
    holders: dict[str, list[Holder]]
    by_block: dict[int, dict[tuple[int, int], tuple[Name, str]]] = field(default_factory=dict)

    def names_of(self, block: int) -> dict[tuple[int, int], tuple[Name, str]]:
        """The entries of ``names`` in one block."""
        if not self.by_block:
            for key, named in self.names.items():
                self.by_block.setdefault(key[0], {})[key] = named
        return self.by_block.get(block, {})


# Nobody remembers more names; a sentence without an end must not cost time without an end.
MOST_NAMED = 300


@dataclass(slots=True)
class Memory:
    """Who was named so far, in order (persons and media only), and where the pass stands."""

    named: list[Named]
    resolved: dict[tuple[int, int], str]
    part: object = None
    first_of_part: int = 0
    sentence: int = 0
    author: str | None = None  # of the comment or report that the paragraph belongs to
    quoted: frozenset[int] = frozenset()  # tokens of the paragraph between quotation marks
    speakers: list[tuple[int, str]] = field(default_factory=list)  # of the paragraph's quotations, by token
    unnamed: list[Unnamed] = field(default_factory=list)  # persons of this part without a name, in order
    meant: dict[tuple[int, int], tuple[int, int]] = field(default_factory=dict)  # pronoun -> the noun that it means

    def reachable(self, sentences: int) -> list[Named]:
        """Who was named in this part at most so many sentences ago, last first."""
        near = []
        for position in self.positions():
            named = self.named[position]
            if self.sentence - named.sentence > sentences:
                break
            near.append(named)
        return near

    def positions(self) -> range:
        """Positions in ``named`` of those that can be meant, last first: those of this part, at most `MOST_NAMED`."""
        return range(len(self.named) - 1, max(self.first_of_part, len(self.named) - MOST_NAMED) - 1, -1)
