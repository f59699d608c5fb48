"""Which persons of a record are those of a register."""

from communique.link.bearers import Bearer, choose_bearer, find_bearers
from communique.link.intervals import Interval
from communique.model import Entity, EntityKind, Office, RegisterRow
from tests.link.register import row

OSLO = ("2014-03-03", "Norway", "Oslo")


def person(name: str, *names: str, office: str | None = None, id: str = "") -> Entity:
    offices = (Office(office, None),) if office else ()
    return Entity(id or f"ent-{name}", EntityKind.PERSON, name, (name, *names), offices, ())


def find(entity: Entity, *rows: RegisterRow) -> list[tuple[str, bool]]:
    return [(bearer.name, bearer.is_certain) for bearer in find_bearers([entity], rows).get(entity.id, [])]


def test_a_full_name_is_known_in_its_other_forms() -> None:
    for name in ("John Forbes Kerry", "John F. Kerry", "John Kerry"):
        assert find(person("John Kerry", "Kerry"), row(name, *OSLO)) == [(name, True)]
    assert find(person("Henry Kissinger"), row("Henry A. (Heinz Alfred) Kissinger", *OSLO))[0][1]
    assert find(person("Bill Clinton"), row("William J. Clinton", *OSLO)) == [("William J. Clinton", True)]


def test_another_given_name_is_another_person() -> None:
    assert find(person("Susan Rice"), row("Condoleezza Rice", *OSLO)) == []


def test_a_bare_surname_needs_an_office_that_the_role_names() -> None:
    holm = row("Ada Holm", *OSLO, role="minister")
    assert find(person("Holm", office="Foreign Minister"), holm) == [("Ada Holm", True)]
    assert find(person("Holm"), holm) == [("Ada Holm", False)]
    assert find(person("Holm", office="Foreign Minister"), row("Ada Holm", *OSLO)) == [("Ada Holm", False)]


def test_an_institution_is_nobody() -> None:
    bank = Entity("ent-1", EntityKind.ORGANIZATION, "Ada Holm", ("Ada Holm",), (), ())
    assert find(bank, row("Ada Holm", *OSLO)) == []


def test_two_registered_persons_of_one_name_are_told_apart_by_their_days() -> None:
    elder, younger = row("George H. W. Marsh", "1990-05-01", "Norway"), row("George W. Marsh", "2003-05-01", "Norway")
    found = find_bearers([person("George Marsh")], [elder, younger])["ent-George Marsh"]
    stays = {r.name: Interval(r.start, r.end) for r in (elder, younger)}
    then = Interval(younger.start, younger.end)
    assert choose_bearer(found, then, stays).name == "George W. Marsh"
    assert choose_bearer(found, then, stays).is_certain
    unknown = choose_bearer(found, None, stays)
    assert not unknown.is_certain
    assert unknown.reason == "may be George H. W. Marsh or George W. Marsh of the register"


def test_two_persons_of_the_record_are_neither_certainly_the_registered_one() -> None:
    entities = [person("Ada Holm", id="ent-1"), person("Ada B. Holm", id="ent-2"), person("Holm", id="ent-3")]
    found = find_bearers(entities, [row("Ada Holm", *OSLO)])
    assert found["ent-1"] == [
        Bearer("ent-1", "Ada Holm", "Ada B. Holm of the record may be the one meant, too", is_certain=False)
    ]
    assert not found["ent-2"][0].is_certain


def test_one_name_with_two_roles_in_two_places_at_once_is_two_persons() -> None:
    rows = [row("Ada Holm", *OSLO, role="minister"), row("Ada Holm", "2014-03-03", "Japan", role="envoy")]
    assert find(person("Ada Holm"), *rows) == [("Ada Holm", False)]
    promoted = [row("Ada Holm", *OSLO, role="minister"), row("Ada Holm", "2016-03-03", "Japan", role="president")]
    assert find(person("Ada Holm"), *promoted) == [("Ada Holm", True)]
