"""The panic switch: show nothing of a bus any more, at once; and show it again."""

from datetime import datetime

from sqlalchemy import Engine

from busplan.domain.errors import NotFound
from busplan.domain.fleet import BusId
from busplan.storage.store import Store


def withdraw_bus(engine: Engine, bus_id: BusId, now: datetime) -> None:
    """Show nothing of the bus, not even its name, until ``restore_bus``. Raises ``NotFound``.

    A running server follows by itself; where none runs, ``write_pages`` is to be called.
    """
    with Store(engine) as store:
        _check_known(store, bus_id)
        store.withdrawals.add(bus_id, now)


def restore_bus(engine: Engine, bus_id: BusId) -> None:
    """Show of the bus again what its levels allow. Raises ``NotFound``."""
    with Store(engine) as store:
        _check_known(store, bus_id)
        store.withdrawals.remove(bus_id)


def _check_known(store: Store, bus_id: BusId) -> None:
    known = sorted(bus.id for bus in store.county.get().buses)
    if bus_id not in known:
        raise NotFound(f"no bus {bus_id!r}; there are {', '.join(known)}")
