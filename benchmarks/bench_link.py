"""What linking costs as the corpus grows: `communique.link.link` on 1,000 to 30,000 reports, without a language model.

The reports are made up as annotations: a world of ten years in which persons of very unequal fame (Zipf) visit, meet,
telephone and give press conferences; each engagement is told by one to six reports, now with its day, now with the
month or a day without a year, now without any; a report tells of one to five, half of them of one visit. Reports repeat
names in full and as surnames, spell some differently, and one in twenty prints no date of its own.

    python benchmarks/bench_link.py [--sizes 1000 3000 10000 30000] [--seed 7] [--narrow] [--json]

Prints for each size: seconds of processor time, the peak of memory of the whole process, engagements and entities; and
the exponent n**e over the whole range, which must not be above 1.15. Each size runs in a process of its own.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import resource
import subprocess
import sys
import time
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import accumulate

from communique.link import link
from communique.model import (
    Annotations,
    Assertion,
    Basis,
    Document,
    EngagementKind,
    EntityKind,
    EventMention,
    Mention,
    MentionForm,
    Office,
    Part,
    Participant,
    PartKind,
    Place,
    Precision,
    Property,
    Reading,
    Referent,
    Role,
    Status,
    When,
    content_id,
)

FIRST_DAY, N_DAYS = date(2010, 1, 1), 3652
MAX_EXPONENT = 1.15
CITIES = [("Moscow", "RU"), ("Berlin", "DE"), ("Paris", "FR"), ("Oslo", "NO"), ("Vienna", "AT"), ("Rome", "IT")]
OFFICES = ["Foreign Minister", "President", "Prime Minister", "Ambassador", "Spokeswoman"]
SYLLABLES = ["ba", "du", "ke", "li", "mo", "na", "pe", "ri", "so", "ta", "vu", "za", "chi", "sha", "tre", "kla"]
GIVEN = ["Sergei", "Anna", "John", "Maria", "Peter", "Laura", "Omar", "Ines", "Jan", "Elena", "Paul", "Nadia"]


@dataclass(frozen=True, slots=True)
class Person:
    given: str
    family: str
    office: str
    state: str


@dataclass(frozen=True, slots=True)
class Happening:
    """What truly took place: a visit with its parts, or one thing alone."""

    kind: EngagementKind
    who: tuple[Person, ...]
    day: date
    place: tuple[str, str]
    parts: tuple[Happening, ...] = ()


def make_world(n_reports: int, chance: random.Random, narrow: bool = False) -> list[Happening]:
    """Happenings for so many reports, of more persons the more reports there are; ``narrow``: of the same sixty."""
    persons = []
    for _ in range(60 + (0 if narrow else n_reports // 10)):
        family = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 3)))).capitalize()
        state = chance.choice(CITIES)[1]
        persons.append(Person(chance.choice(GIVEN), family, chance.choice(OFFICES), state))
    fame = list(accumulate(1 / (rank + 5) for rank in range(len(persons))))

    def draw(n: int) -> tuple[Person, ...]:
        found: dict[Person, None] = {}
        while len(found) < n:
            found[persons[min(bisect_left(fame, chance.random() * fame[-1]), len(persons) - 1)]] = None
        return tuple(found)

    return [make_happening(draw(3), chance) for _ in range(n_reports * 2 // 3)]


def make_happening(who: tuple[Person, ...], chance: random.Random) -> Happening:
    day, place = FIRST_DAY + timedelta(chance.randrange(N_DAYS)), chance.choice(CITIES)
    guest, host, other = who
    if chance.random() < 0.4:
        parts = [
            Happening(EngagementKind.MEETING, (guest, host), day, place),
            Happening(EngagementKind.TALKS, (guest, other), day + timedelta(1), place),
            Happening(EngagementKind.PRESS_CONFERENCE, (guest, host), day, place),
        ]
        return Happening(EngagementKind.VISIT, (guest,), day, place, tuple(parts[: chance.randint(1, 3)]))
    kinds = [EngagementKind.MEETING, EngagementKind.CALL, EngagementKind.TALKS, EngagementKind.CONFERENCE]
    return Happening(chance.choice(kinds), (guest, host) if chance.random() < 0.8 else who, day, place)


# --- reports --------------------------------------------------------------------------------------


@dataclass(slots=True)
class Draft:
    """A report being written."""

    number: int
    published: date | None
    words: list[str] = field(default_factory=list)
    length: int = 0
    told: list[tuple[int, int, Happening, str]] = field(default_factory=list)

    def tell(self, happening: Happening, chance: random.Random) -> None:
        names = " and ".join(f"{p.given} {p.family}" for p in happening.who)
        when = chance.choices(["day", "month", "yearless", "none"], [5, 2, 1, 2])[0]
        sentence = f"{names} {happening.kind.value} in {happening.place[0]} {happening.day} {self.number}. "
        self.told.append((self.length, self.length + len(sentence) - 2, happening, when))
        self.words.append(sentence)
        self.length += len(sentence)


def write_reports(world: list[Happening], n_reports: int, chance: random.Random) -> Iterator[Reading]:
    """Exactly ``n_reports`` reports on the happenings of a world."""
    for number in range(n_reports):
        main = chance.choice(world)
        published = main.day + timedelta(chance.choice((-2, 0, 1, 1, 2))) if chance.random() < 0.95 else None
        draft = Draft(number, published)
        for happening in (main, *main.parts):
            draft.tell(happening, chance)
        for _ in range(chance.choice((0, 0, 1, 2))):
            draft.tell(chance.choice(world), chance)
        yield finish(draft, chance)


def finish(draft: Draft, chance: random.Random) -> Reading:
    text = "".join(draft.words)
    day = draft.published
    when = When(day.isoformat(), day, day, Precision.DAY, Basis.PRINTED) if day else None
    parts = (Part(PartKind.BODY, 0, len(text)),)
    document = Document(content_id("doc", text), f"{draft.number}.txt", "0" * 64, text, published=when, parts=parts)
    people = {person: None for _, _, happening, _ in draft.told for person in happening.who}
    referents = {person: make_referent(document, person, chance) for person in people}
    mentions = []
    for person, referent in referents.items():
        start = text.index(f"{person.given} {person.family}")
        words = text[start : start + len(person.given) + 1 + len(person.family)]
        mentions.append(
            Mention(document.id, start, start + len(words), words, EntityKind.PERSON, MentionForm.NAME, referent.id)
        )
    events = [make_event(document, n, told, referents) for n, told in enumerate(draft.told)]
    rows = Annotations(referents=tuple(referents.values()), mentions=tuple(mentions), events=tuple(events))
    return Reading(document, rows)


def make_referent(document: Document, person: Person, chance: random.Random) -> Referent:
    full = f"{person.given} {person.family}"
    name = chance.choices([full, person.family, full.replace("Sergei", "Sergey")], [8, 1, 1])[0]
    names = (name, person.family) if name != person.family else (name,)
    id = content_id("ref", document.id, full)
    office = Office(person.office, person.state)
    return Referent(id, document.id, EntityKind.PERSON, name, names, (office,))


def make_event(
    document: Document, number: int, told: tuple[int, int, Happening, str], referents: dict[Person, Referent]
) -> EventMention:
    start, end, happening, how = told
    evidence = document.evidence(start, end)
    is_ahead = bool(document.published and document.published.start and document.published.start < happening.day)
    role = Role.VISITOR if happening.kind is EngagementKind.VISIT else Role.PARTICIPANT
    people = tuple(Participant(referents[p].name, role, referents[p].id) for p in happening.who)
    topic = Assertion(Property.TOPIC, "trade", evidence)
    return EventMention(
        id=content_id("evm", document.id, number),
        document=document.id,
        kind=happening.kind,
        title=happening.kind.value,
        status=Status.PLANNED if is_ahead else Status.HAPPENED,
        trigger=evidence,
        evidence=evidence,
        participants=people,
        date=make_date(happening.day, how),
        place=Place(happening.place[0], None, happening.place[1]),
        assertions=(topic,),
    )


def make_date(day: date, how: str) -> When | None:
    if how == "day":
        return When(day.isoformat(), day, day, Precision.DAY, Basis.STATED)
    if how == "month":
        first = day.replace(day=1)
        last = (first + timedelta(31)).replace(day=1) - timedelta(1)
        return When(day.isoformat()[:7], first, last, Precision.MONTH, Basis.STATED)
    if how == "yearless":
        return When(f"XXXX{day.isoformat()[4:]}", None, None, Precision.UNKNOWN, Basis.STATED)
    return None


# --- measuring ------------------------------------------------------------------------------------


def measure(n_reports: int, seed: int, narrow: bool) -> dict[str, float]:
    """One size, in this process, once the tables are loaded."""
    warm = random.Random(seed)
    link(list(write_reports(make_world(50, warm), 50, warm)))
    chance = random.Random(seed)
    readings = list(write_reports(make_world(n_reports, chance, narrow), n_reports, chance))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    linked = link(readings)
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "reports": n_reports,
        "seconds": round(seconds, 2),
        "peak_mib": round(peak / 1024),
        "readings_mib": round(before / 1024),
        "engagements": len(linked.engagements),
        "entities": len(linked.entities),
        "mentions": sum(len(reading.annotations.events) for reading in readings),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 3000, 10000, 30000])
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--narrow", action="store_true", help="the same sixty persons, however many reports")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measure(options.one, options.seed, options.narrow)))
        return
    rows = []
    for size in sorted(options.sizes):
        command = [sys.executable, __file__, "--one", str(size), "--seed", str(options.seed)]
        command += ["--narrow"] if options.narrow else []
        row = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        rows.append(row)
        if not options.json:
            print("  ".join(f"{name} {value}" for name, value in row.items()), flush=True)
    first, last = rows[0], rows[-1]
    exponent = 0.0
    if last["reports"] > first["reports"]:
        exponent = math.log(last["seconds"] / first["seconds"]) / math.log(last["reports"] / first["reports"])
    if options.json:
        print(json.dumps({"sizes": rows, "exponent": round(exponent, 3)}))
    else:
        print(f"grows as n**{exponent:.2f} (at most {MAX_EXPONENT})")
    sys.exit(exponent > MAX_EXPONENT)


if __name__ == "__main__":
    main()
