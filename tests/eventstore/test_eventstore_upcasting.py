"""Events of older code are read in the shape of the newest."""

import pytest

from eventstore import UnknownEventSchema, Upcasters


@pytest.fixture
def upcasters() -> Upcasters:
    upcasters = Upcasters()
    upcasters.register("decided", 1, lambda old: {**old, "already_public": False})
    upcasters.register("decided", 2, lambda old: {"grounds": "", **old})
    return upcasters


def test_an_event_goes_through_every_step_from_its_own_schema_on(upcasters: Upcasters) -> None:
    assert upcasters.upcast("decided", 1, {"outcome": "granted"}) == (
        3,
        {"outcome": "granted", "already_public": False, "grounds": ""},
    )
    assert upcasters.upcast("decided", 2, {"outcome": "granted", "already_public": True}) == (
        3,
        {"outcome": "granted", "already_public": True, "grounds": ""},
    )


def test_the_newest_schema_and_a_type_without_steps_come_back_as_they_are(
    upcasters: Upcasters,
) -> None:
    assert upcasters.upcast("decided", 3, {"a": 1}) == (3, {"a": 1})
    assert upcasters.upcast("delivered", 1, {"a": 1}) == (1, {"a": 1})
    assert (upcasters.newest("decided"), upcasters.newest("delivered")) == (3, 1)


@pytest.mark.parametrize(("event_type", "schema"), [("decided", 4), ("decided", 0), ("new", 2)])
def test_a_schema_nobody_knows_is_refused(
    upcasters: Upcasters, event_type: str, schema: int
) -> None:
    with pytest.raises(UnknownEventSchema) as caught:
        upcasters.upcast(event_type, schema, {"name": "王某"})

    assert (caught.value.event_type, caught.value.schema) == (event_type, schema)
    assert "王某" not in str(caught.value)


@pytest.mark.parametrize("from_schema", [1, 2, 4], ids=["again", "again too", "gap"])
def test_a_step_that_leaves_a_gap_or_comes_twice_is_refused(
    upcasters: Upcasters, from_schema: int
) -> None:
    with pytest.raises(ValueError, match="starts from schema 3"):
        upcasters.register("decided", from_schema, lambda old: old)
