"""What came of an issue at an engagement, report by report: expected, addressed, avoided, not mentioned.

"Not mentioned" is a report's silence and nothing else: it tells of the engagement, has no item of the issue, and no
words that could name it, while another report has the issue expected, addressed or avoided there. A report that has
such words, but where no rule says what became of the issue, is said to name it only (`Cell.NAMED`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from communique.link.issue_keys import Words, is_named, make_key
from communique.model import Phase


class Outcome(StrEnum):
    """What reports say came of an issue that was expected."""

    ADDRESSED = "addressed"
    AVOIDED = "avoided"
    BOTH = "addressed and avoided"  # by different accounts
    KIN_ADDRESSED = "addressed under a wider or narrower name"
    KIN_AVOIDED = "avoided under a wider or narrower name"
    NAMED = "named, no outcome found"  # a report has the words; no rule says what came of it
    NO_OUTCOME = "no outcome told"  # reports tell of the engagement, none names the issue
    NO_REPORT = "no report afterwards"  # nothing in the corpus tells that the engagement took place


class Cell(StrEnum):
    """How a report stands to an issue where it has no item of it."""

    NAMED = "named only"
    NOT_MENTIONED = "not mentioned"


@dataclass(frozen=True, slots=True)
class Told:
    """An agenda item as far as outcomes go: issue (by name), phase, report."""

    issue: str
    phase: Phase
    document: str


def read_silence(issue_names: Iterable[str], words: Words) -> Cell:
    """How a report without an item stands to an issue.

    Args:
        issue_names: All names that reports give the issue.
        words: Those of the report's own title, captions and body.
    """
    named = any(is_named(make_key(name), words) for name in issue_names)
    return Cell.NAMED if named else Cell.NOT_MENTIONED


def find_outcomes(
    told: Iterable[Told],
    after: Iterable[str],
    names: Mapping[str, Iterable[str]],
    kin: Mapping[str, Iterable[str]],
    words: Mapping[str, Words],
) -> dict[str, tuple[Outcome, tuple[str, ...]]]:
    """What came of each issue that was expected at an engagement.

    Args:
        told: The items of the engagement, of what it contains, and of what contains it.
        after: Reports that tell that it took place.
        names: All names of each issue; one that is missing has only its own.
        kin: Issues wider or narrower than each.
        words: Those of every report in ``after``.

    Returns:
        By issue: the outcome, and the reports it rests on (those that say so; for NO_OUTCOME those that are silent).
    """
    by_issue: defaultdict[str, list[Told]] = defaultdict(list)
    for item in told:
        by_issue[item.issue].append(item)
    reports = sorted(set(after))
    found = {}
    for issue, items in sorted(by_issue.items()):
        expecting = {item.document for item in items if item.phase is Phase.EXPECTED}
        if expecting:
            later = [document for document in reports if document not in expecting]
            others = [item for other in kin.get(issue, ()) for item in by_issue.get(other, ())]
            found[issue] = _read_outcome(
                items, others, names.get(issue, (issue,)), {name: words[name] for name in later}
            )
    return found


def _read_outcome(
    items: list[Told], others: list[Told], names: Iterable[str], later: Mapping[str, Words]
) -> tuple[Outcome, tuple[str, ...]]:
    addressed = sorted({item.document for item in items if item.phase is Phase.ADDRESSED})
    avoided = sorted({item.document for item in items if item.phase is Phase.AVOIDED})
    if addressed or avoided:
        outcome = Outcome.BOTH if addressed and avoided else Outcome.ADDRESSED if addressed else Outcome.AVOIDED
        return outcome, tuple(sorted({*addressed, *avoided}))
    for phase, outcome in ((Phase.ADDRESSED, Outcome.KIN_ADDRESSED), (Phase.AVOIDED, Outcome.KIN_AVOIDED)):
        wider = sorted({item.document for item in others if item.phase is phase})
        if wider:
            return outcome, tuple(wider)
    names = tuple(names)
    naming = [document for document, words in later.items() if read_silence(names, words) is Cell.NAMED]
    if naming:
        return Outcome.NAMED, tuple(naming)
    return (Outcome.NO_OUTCOME, tuple(later)) if later else (Outcome.NO_REPORT, ())
