"""Who is who across documents."""

from __future__ import annotations

from dataclasses import replace

from communique.link import link
from communique.model import Entity, EntityKind, Linked, MentionForm, Reading
from tests.link.build import Report

GROUP, GOVERNMENT, ORGANIZATION, PLACE = (
    *(EntityKind.GROUP, EntityKind.GOVERNMENT),
    *(EntityKind.ORGANIZATION, EntityKind.PLACE),
)


def person(name: str, *names: str, text: str | None = None, **known: tuple[str, str | None] | None) -> Reading:
    """A report that knows one person."""
    return Report(text or f"{name} spoke.").knows(name, *names, **known).read()  # type: ignore[arg-type]


def names_of(linked: Linked) -> list[str]:
    return sorted(entity.name for entity in linked.entities)


def only(linked: Linked) -> Entity:
    assert len(linked.entities) == 1, names_of(linked)
    return linked.entities[0]


def test_spellings_of_one_name_are_one_person() -> None:
    entity = only(
        link([person("Sergei Orlov"), person("Sergey Orlov"), person("Sergey Orlov", text="Sergey Orlov left.")])
    )
    assert entity.name == "Sergey Orlov"
    assert entity.names == ("Sergei Orlov", "Sergey Orlov")
    assert "same name" in entity.reasons
    assert [mention.quote for mention in entity.mentions].count("Sergey Orlov") == 2


def test_a_bare_surname_joins_its_only_bearer() -> None:
    entity = only(link([person("Anna Weber"), person("Weber")]))
    assert "the only bearer of the surname" in entity.reasons


def test_a_bare_surname_with_two_bearers_stays_apart() -> None:
    linked = link([person("Bill Marsh"), person("Hillary Marsh"), person("Marsh")])
    assert names_of(linked) == ["Bill Marsh", "Hillary Marsh", "Marsh"]


def test_the_office_tells_which_bearer_is_meant() -> None:
    linked = link(
        [
            person("Bill Marsh", office=("President", "Norway")),
            person("Hillary Marsh", office=("Foreign Minister", "Norway")),
            person("Marsh", office=("Foreign Minister", None)),
        ]
    )
    assert names_of(linked) == ["Bill Marsh", "Hillary Marsh"]
    hillary = next(entity for entity in linked.entities if entity.name == "Hillary Marsh")
    assert "surname and office agree" in hillary.reasons
    assert [(office.office, office.organization) for office in hillary.offices] == [("Foreign Minister", "Norway")]


def test_the_bearer_of_the_own_document_comes_first() -> None:
    own = Report("Bill Marsh came. Marsh left.").knows("Bill Marsh").knows("Marsh").read()
    assert names_of(link([own, person("Hillary Marsh")])) == ["Bill Marsh", "Hillary Marsh"]


def test_an_office_of_another_state_keeps_apart() -> None:
    linked = link(
        [person("Anna Weber", office=("President", "Norway")), person("Weber", office=("President", "Portugal"))]
    )
    assert names_of(linked) == ["Anna Weber", "Weber"]


def test_an_adjective_and_the_state_are_one_organisation() -> None:
    linked = link(
        [person("Anna Weber", office=("President", "Norwegian")), person("Weber", office=("President", "Norway"))]
    )
    assert names_of(linked) == ["Anna Weber"]


def test_forms_of_address_keep_apart() -> None:
    assert len(link([person("Mr Marsh"), person("Mrs Marsh")]).entities) == 2


def test_father_or_son_is_left_open() -> None:
    linked = link([person("George W. Stone"), person("George H.W. Stone"), person("George Stone")])
    assert len(linked.entities) == 3


def test_somebody_without_a_name_stays_with_the_document() -> None:
    readings = []
    for text in ("The minister came.", "The minister went."):
        reading = Report(text).knows("minister").read()
        described = tuple(replace(m, form=MentionForm.DESCRIPTION) for m in reading.annotations.mentions)
        readings.append(replace(reading, annotations=replace(reading.annotations, mentions=described)))
    assert len(link(readings).entities) == 2


def test_groups_never_meet() -> None:
    readings = [Report(f"Experts spoke {when}.").knows("Experts", kind=GROUP).read() for when in ("today", "yesterday")]
    linked = link(readings)
    assert len(linked.entities) == 2
    assert all(not entity.reasons for entity in linked.entities)


def test_one_entry_of_our_tables_is_one_entity() -> None:
    readings = [
        Report(f"{name} agreed.").knows(name, kind=GOVERNMENT, key="territory:US", territory="US").read()
        for name in ("U.S.", "America", "Washington")
    ]
    entity = only(link(readings))
    assert entity.name == "United States"
    assert entity.names == ("America", "U.S.", "Washington")
    assert entity.territory == "US"
    assert entity.reasons == ("same entry of our tables",)


def test_an_acronym_stands_for_what_a_document_says() -> None:
    full = "Lake Restoration Council"
    readings = [
        Report(f"The {full} (LRC) met.").knows(full, "LRC", kind=ORGANIZATION).read(),
        Report("The LRC met again.").knows("LRC", kind=ORGANIZATION).read(),
    ]
    assert only(link(readings)).name == full


def test_an_acronym_of_two_meanings_stays_apart() -> None:
    full = ("Lake Restoration Council", "League of Retired Captains")
    readings = [Report(f"{name} met.").knows(name, "LRC", kind=ORGANIZATION).read() for name in full]
    assert len(link([*readings, Report("The LRC met.").knows("LRC", kind=ORGANIZATION).read()]).entities) == 3


def test_a_name_that_does_not_say_whose_needs_a_state() -> None:
    def ministry(text: str, territory: str | None) -> Reading:
        return Report(text).knows("Foreign Ministry", kind=ORGANIZATION, territory=territory).read()

    readings = [ministry("The Foreign Ministry spoke.", "NO"), ministry("The Foreign Ministry left.", "NO")]
    assert len(link(readings).entities) == 1
    readings += [ministry("The Foreign Ministry sat.", "PT"), ministry("The Foreign Ministry ran.", None)]
    assert len(link(readings).entities) == 3


def test_places_of_one_name_in_two_states_are_two() -> None:
    texts = (("Paris voted.", "FR"), ("Paris sang.", "US"), ("Paris slept.", "FR"))
    readings = [Report(text).knows("Paris", kind=PLACE, territory=state).read() for text, state in texts]
    assert sorted(entity.territory or "" for entity in link(readings).entities) == ["FR", "US"]


def test_an_id_outlives_other_spellings_and_other_people() -> None:
    alone = only(link([person("Sergei Orlov")]))
    more = link([person("Sergei Orlov"), person("Sergey V. Orlov"), person("Mr Orlov"), person("Anna Weber")])
    assert alone.id in {entity.id for entity in more.entities}
    assert len(more.entities) == 2


def test_offices_keep_the_dates_of_their_reports() -> None:
    readings = [
        Report(f"Anna Weber spoke on {day}.", day).knows("Anna Weber", office=("Foreign Minister", owner)).read()
        for day, owner in (("2024-05-08", "Norway"), ("2025-01-02", None))
    ]
    (office,) = only(link(readings)).offices
    assert (office.office, office.organization, office.as_of) == (
        "Foreign Minister",
        "Norway",
        "{2024-05-08,2025-01-02}",
    )


def test_names_written_the_other_way_round_are_turned() -> None:
    linked = link([person("Orlov Sergei"), person("Sergei Orlov"), person("Sergei Orlov", text="Sergei Orlov left.")])
    assert only(linked).name == "Sergei Orlov"


def test_a_given_name_alone_says_too_little() -> None:
    linked = link([person("LeRoy James"), person("James"), person("Boris"), person("Boris", text="Boris left.")])
    assert len(linked.entities) == 4
    linked = link([person("LeRoy James", office=("Mayor", None)), person("James", office=("Mayor", None))])
    assert len(linked.entities) == 1
