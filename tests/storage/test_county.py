"""County data is replaced as a whole or not at all."""

import pytest
from sqlalchemy import Engine

from busplan.domain.errors import InvalidInput, NotFound
from busplan.domain.places import PlaceId
from busplan.storage.store import Store
from tests.factories import MONDAY, make_municipality, make_place, make_stop
from tests.storage.weeks import NOW, make_county_data, make_solution


def test_an_empty_database_says_how_to_load_a_county(engine: Engine) -> None:
    with Store.reading(engine) as store, pytest.raises(NotFound, match="busplan data load"):
        store.county.get()


def test_saving_replaces_everything(engine: Engine) -> None:
    before = make_county_data(
        municipalities=(make_municipality(), make_municipality("05358008", "Düren")),
        stops=(make_stop("s1"), make_stop("s2")),
    )
    after = make_county_data(stops=(make_stop("s3"), make_stop("s1", name="anders")))

    with Store(engine) as store:
        store.county.save(before)
    with Store(engine) as store:
        assert store.county.get() == before
        store.county.save(after)

    with Store.reading(engine) as store:
        assert store.county.get() == after


def test_saving_leaves_plans_alone(engine: Engine) -> None:
    """They name stops and demand that the new data may not hold any more."""
    with Store(engine) as store:
        store.county.save(make_county_data())
        draft = store.plans.add_draft(make_solution(), NOW)

    with Store(engine) as store:
        store.county.save(make_county_data(stops=(make_stop("other"),)))

    with Store.reading(engine) as store:
        assert store.plans.latest_draft(MONDAY) == draft


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param({"stops": (make_stop("s1"), make_stop("s1"))}, id="repeated id"),
        pytest.param({"stops": (make_stop(place_id=PlaceId("x")),)}, id="unknown place"),
        pytest.param({"places": (make_place(ags="1"),)}, id="unknown town"),
    ],
)
def test_a_failed_load_leaves_the_database_as_it_was(
    engine: Engine, broken: dict[str, object]
) -> None:
    data = make_county_data()
    with Store(engine) as store:
        store.county.save(data)
        revision = store.revision.current()

    with pytest.raises(InvalidInput, match="does not hold together"), Store(engine) as store:
        store.county.save(make_county_data(**broken))

    with Store.reading(engine) as store:
        assert (store.county.get(), store.revision.current()) == (data, revision)
