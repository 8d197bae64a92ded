"""Withdrawn buses stay withdrawn until they are restored."""

from sqlalchemy import Engine

from busplan.domain.fleet import BusId
from busplan.storage.store import Store
from tests.storage.weeks import NOW, make_county_data

BUS = BusId("wilde13")


def test_loading_the_county_anew_opens_nothing(engine: Engine) -> None:
    with Store(engine) as store:
        store.county.save(make_county_data())
        store.withdrawals.add(BUS, NOW)

    with Store(engine) as store:
        store.county.save(make_county_data())
        store.withdrawals.add(BUS, NOW)

        assert store.withdrawals.list_ids() == {BUS}


def test_a_restored_bus_is_no_longer_listed_and_readers_are_told(engine: Engine) -> None:
    with Store(engine) as store:
        before = store.revision.current()
        store.withdrawals.add(BUS, NOW)
        store.withdrawals.remove(BUS)
        store.withdrawals.remove(BUS)

        assert store.withdrawals.list_ids() == frozenset()
        assert store.revision.current() > before
