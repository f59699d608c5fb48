"""Templates: a register's row -> one plain sentence as a news agency would write it, with what it tells.

The templates are frozen: they measure the rules and are never used to make them. Change nothing here to raise a figure.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from eval.register.remarks import Person, parse_remarks

MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]  # not from the locale
WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
NUMBERS = ("", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")

# How news calls a country that the register calls otherwise.
COUNTRIES = {
    "Korea, Republic of": "South Korea",
    "Korea, South": "South Korea",
    "Korea, North": "North Korea",
    "Germany, Federal Republic of": "West Germany",
    "German Democratic Republic": "East Germany",
    "China, People’s Republic of": "China",
    "Republic of China": "Taiwan",
    "U.S.S.R.": "the Soviet Union",
    "United Kingdom": "the United Kingdom",
    "United Arab Emirates": "the United Arab Emirates",
    "Philippines": "the Philippines",
    "Netherlands": "the Netherlands",
    "Dominican Republic": "the Dominican Republic",
    "Czech Republic": "the Czech Republic",
    "Macedonia, Former Yugoslav Republic of": "Macedonia",
    "Brunei Darussalam": "Brunei",
    "Bahamas": "the Bahamas",
    "Maldives": "the Maldives",
    "Palestinian Authority": "",
    "Vatican City": "",
}


@dataclass(frozen=True, slots=True)
class Trip:
    """A register's row, in the words of a sentence."""

    office: str  # "Secretary of State"
    name: str  # "John Forbes Kerry"
    start: date
    end: date
    places: tuple[str, ...]
    country: str  # as news calls it; empty where that is not plain
    persons: tuple[Person, ...]

    @property
    def surname(self) -> str:
        return self.name.split()[-1]

    @property
    def place(self) -> str:
        return self.places[0]


@dataclass(frozen=True, slots=True)
class Report:
    """A report of one sentence, and what must be found in it."""

    shape: str
    text: str
    published: date
    trip: Trip


def read_trip(row: Mapping[str, str]) -> Trip | None:
    """The trip of a row; None where the remarks give no clean list of persons or the row has more than one place."""
    persons = parse_remarks(row["remarks"])
    places = tuple(part.strip() for part in row["locality"].split(","))
    if not persons or len(persons) > 4 or len(places) != 1 or not re.fullmatch(r"[^()/;]+", places[0]):
        return None
    country = re.sub(r" \(.*\)", "", COUNTRIES.get(row["country"], row["country"]))
    name = re.sub(r" \(.*?\)", "", row["name"])
    trip = Trip(
        "Secretary of State",
        name,
        date.fromisoformat(row["start"]),
        date.fromisoformat(row["end"]),
        places,
        "" if "," in country else country,
        persons,
    )
    return trip if (trip.end - trip.start).days <= 9 else None


def write_report(trip: Trip, number: int, random: Random) -> Report:
    """One sentence from a trip; ``number`` chooses the shape, in turn among those for its length."""
    shapes = ONE_DAY if trip.start == trip.end else MORE_DAYS
    shape = shapes[number % len(shapes)]
    published = trip.end + timedelta(days=random.randint(0, 3))
    return Report(shape.__name__.removeprefix("_"), shape(trip), published, trip)


# --- words ---------------------------------------------------------------------------------------------------------


def _join(words: list[str]) -> str:
    if len(words) < 3:
        return " and ".join(words)
    return ", ".join(words[:-1]) + " and " + words[-1]


def _persons(trip: Trip) -> str:
    return _join([person.words for person in trip.persons])


def _persons_of(trip: Trip) -> str:
    """With the country after the last, as in "President Mubarak of Egypt", where nobody comes from elsewhere."""
    if not trip.country or any(person.foreign for person in trip.persons):
        return _persons(trip)
    return f"{_persons(trip)} of {trip.country}"


def _month_day(day: date) -> str:
    return f"{MONTHS[day.month - 1]} {day.day}"


def _american(day: date) -> str:
    return f"{_month_day(day)}, {day.year}"


def _british(day: date) -> str:
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def _weekday(day: date) -> str:
    return WEEKDAYS[day.weekday()]


def _days(trip: Trip) -> str:
    """``May 7-8``, or ``May 31-June 1`` where the month changes."""
    if trip.start.month == trip.end.month:
        return f"{_month_day(trip.start)}-{trip.end.day}"
    return f"{_month_day(trip.start)}-{_month_day(trip.end)}"


def _of_a_year(trip: Trip, text: str) -> str:
    return f"{text}, {trip.end.year}"


# --- shapes for a trip of one day ----------------------------------------------------------------------------------


def _met_on_day(trip: Trip) -> str:
    return f"{trip.office} {trip.name} met with {_persons(trip)} in {trip.place} on {_american(trip.start)}."


def _day_first(trip: Trip) -> str:
    return f"On {_american(trip.start)}, {trip.office} {trip.surname} held talks with {_persons(trip)} in {trip.place}."


def _received(trip: Trip) -> str:
    return f"{_persons_of(trip)} received U.S. {trip.office} {trip.name} in {trip.place} on {_weekday(trip.start)}."


def _arrived_for_talks(trip: Trip) -> str:
    return (
        f"U.S. {trip.office} {trip.name} arrived in {trip.place} on {_british(trip.start)} "
        f"for talks with {_persons(trip)}."
    )


def _met_on_weekday(trip: Trip) -> str:
    return f"{trip.office} {trip.name} met {_persons(trip)} on {_weekday(trip.start)} in {trip.place}."


def _dateline(trip: Trip) -> str:
    return (
        f"{trip.place.upper()}, {_month_day(trip.start)} -- U.S. {trip.office} {trip.name} met here on "
        f"{_weekday(trip.start)} with {_persons(trip)}."
    )


def _was_received(trip: Trip) -> str:
    return (
        f"{trip.office} {trip.surname} was received by {_persons_of(trip)} in {trip.place} on {_month_day(trip.start)}."
    )


def _all_met(trip: Trip) -> str:
    everybody = _join([*(person.words for person in trip.persons), f"U.S. {trip.office} {trip.name}"])
    return f"{everybody} met in {trip.place} on {_british(trip.start)}."


def _place_first(trip: Trip) -> str:
    return f"In {trip.place} on {_month_day(trip.start)}, {trip.office} {trip.name} conferred with {_persons_of(trip)}."


def _flew(trip: Trip) -> str:
    return (
        f"{trip.office} {trip.name} flew to {trip.place} on {_weekday(trip.start)} and held talks with "
        f"{_persons(trip)}."
    )


def _one_day_visit(trip: Trip) -> str:
    where = f"{trip.place}, {trip.country}," if trip.country and not trip.country.startswith("the ") else trip.place
    return (
        f"During a one-day visit to {where} on {_american(trip.start)}, {trip.office} {trip.name} held talks with "
        f"{_persons(trip)}."
    )


def _apposition(trip: Trip) -> str:
    return (
        f"The U.S. secretary of state, {trip.name}, sat down with {_persons(trip)} in {trip.place} on "
        f"{_weekday(trip.start)}, {_month_day(trip.start)}."
    )


# --- shapes for a trip of several days -----------------------------------------------------------------------------


def _visited_from_to(trip: Trip) -> str:
    return (
        f"{trip.office} {trip.name} visited {trip.place} from {_month_day(trip.start)} to {_american(trip.end)}, "
        f"and met with {_persons(trip)}."
    )


def _paid_a_visit(trip: Trip) -> str:
    length = NUMBERS[(trip.end - trip.start).days + 1]
    return (
        f"U.S. {trip.office} {trip.name} paid a {length}-day visit to {trip.place} on "
        f"{_of_a_year(trip, _days(trip))}, for talks with {_persons(trip)}."
    )


def _during_a_visit(trip: Trip) -> str:
    first = str(trip.start.day) if trip.start.month == trip.end.month else f"{trip.start.day} {_month(trip.start)}"
    return (
        f"During a visit to {trip.place} from {first} to {_british(trip.end)}, {trip.office} {trip.surname} held talks "
        f"with {_persons_of(trip)}."
    )


def _was_in(trip: Trip) -> str:
    if (trip.end - trip.start).days > 1:
        when = f"from {_month_day(trip.start)} until {_american(trip.end)}"
    elif trip.start.month == trip.end.month:
        when = f"on {_month_day(trip.start)} and {trip.end.day}, {trip.end.year}"
    else:
        when = f"on {_month_day(trip.start)} and {_american(trip.end)}"
    return f"{trip.office} {trip.name} was in {trip.place} {when}, meeting with {_persons(trip)}."


def _between(trip: Trip) -> str:
    return (
        f"Between {_month_day(trip.start)} and {_american(trip.end)}, {trip.office} {trip.name} met with "
        f"{_persons(trip)} in {trip.place}."
    )


def _month(day: date) -> str:
    return MONTHS[day.month - 1]


Shape = Callable[[Trip], str]
ONE_DAY: tuple[Shape, ...] = (
    _met_on_day,
    _day_first,
    _received,
    _arrived_for_talks,
    _met_on_weekday,
    _dateline,
    _was_received,
    _all_met,
    _place_first,
    _flew,
    _one_day_visit,
    _apposition,
)
MORE_DAYS: tuple[Shape, ...] = (_visited_from_to, _paid_a_visit, _during_a_visit, _was_in, _between)
