"""A database with one published visit and a staff token, and the whole app over it."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from fastapi.testclient import TestClient
from sqlalchemy import Engine

from busplan.domain.county import CountyData
from busplan.domain.dates import BERLIN
from busplan.domain.plan import VisitId
from busplan.domain.solution import Solution
from busplan.settings import Settings
from busplan.storage.store import Store
from busplan.usecases.create_token import create_token
from busplan.web.app import create_app
from tests.factories import (
    make_bus,
    make_county,
    make_demand,
    make_municipality,
    make_place,
    make_plan,
    make_stop,
)

VISIT = VisitId("2026-11-30-wilde13-1")
NOON = datetime(2026, 11, 30, 12, tzinfo=BERLIN)
TOWN = "05358004"


@dataclass
class Staff:
    """Staff with a telephone, on a day whose time the test decides."""

    client: TestClient
    token: str
    now: datetime = NOON

    def tell(self, body: object, visit: str = VISIT, token: str | None = None) -> tuple[int, dict]:
        """Send an event; the status and JSON of the answer."""
        answer = self.client.post(
            f"/api/v1/visits/{visit}/events", json=body, headers=self.headers(token)
        )
        return answer.status_code, answer.json()

    def headers(self, token: str | None = None) -> dict[str, str]:
        """What staff's requests carry."""
        return {"Authorization": f"Bearer {token or self.token}"}


def publish_visit(engine: Engine) -> None:
    """One visit of wilde13 to Altdorf on Monday from 15:00 to 16:00; s2 is another good stop."""
    county = CountyData(
        county=make_county(contact_phone="02421 22-0"),
        municipalities=(make_municipality(),),
        places=(make_place(),),
        stops=(make_stop("s1"), make_stop("s2"), make_stop("wild", agreement=None)),
        demands=(make_demand(),),
        blocks=(),
        buses=(make_bus(),),
        crew=(),
    )
    with Store(engine) as store:
        store.county.save(county)
        draft = store.plans.add_draft(Solution(plan=make_plan()), NOON)
        store.plans.publish(draft.id, NOON)


def make_staff(engine: Engine, folder: Path) -> Staff:
    """The whole app over the database, whose background thread is too slow to be of help."""
    settings = Settings(
        maps_dir=folder / "maps",
        cache_dir=folder / "cache",
        refresh_seconds=3600,
        max_body_bytes=1000,
    )
    staff = Staff(client=None, token=create_token(engine, "bus", NOON))  # type: ignore[arg-type]
    staff.client = TestClient(create_app(settings, engine, clock=lambda: staff.now))
    return staff
