"""Loading a county replaces the one before, all or nothing."""

import pytest
from sqlalchemy import Engine

from busplan.domain.errors import InvalidInput
from busplan.storage.store import Store
from busplan.usecases.load_county import load_county
from tests.factories import make_county, make_stop
from tests.storage.weeks import make_county_data


def test_the_county_loaded_last_is_the_one_that_is_there(engine: Engine) -> None:
    load_county(engine, make_county_data())
    other = make_county_data(county=make_county(id="other"))

    load_county(engine, other)

    with Store.reading(engine) as store:
        assert store.county.get() == other


def test_a_county_that_does_not_hold_together_is_not_loaded(engine: Engine) -> None:
    data = make_county_data()
    load_county(engine, data)

    with pytest.raises(InvalidInput):
        load_county(engine, make_county_data(stops=(make_stop(), make_stop())))

    with Store.reading(engine) as store:
        assert store.county.get() == data
