"""What is on board, guests, signposts and the site's facts: row <-> domain."""

from busplan.domain.fleet import BusId
from busplan.domain.places import Ags, StopId
from busplan.domain.programme import Guest, OnBoardFact, Signpost
from busplan.domain.site_facts import SiteFacts
from busplan.storage.county_tables import GuestRow, OnBoardFactRow, SignpostRow, SiteFactsRow
from busplan.storage.pieces import range_from_json, range_to_json


def fact_to_row(fact: OnBoardFact, position: int) -> OnBoardFactRow:
    """The row."""
    return OnBoardFactRow(
        id=fact.id,
        position=position,
        bus_id=fact.bus_id,
        title=fact.title,
        text=fact.text,
        source=fact.source,
        licence=fact.licence,
    )


def fact_from_row(row: OnBoardFactRow) -> OnBoardFact:
    """The domain value of a row."""
    return OnBoardFact(
        id=row.id,
        bus_id=BusId(row.bus_id),
        title=row.title,
        text=row.text,
        source=row.source,
        licence=row.licence,
    )


def guest_to_row(guest: Guest, position: int) -> GuestRow:
    """The row."""
    return GuestRow(
        id=guest.id,
        position=position,
        name=guest.name,
        text=guest.text,
        bus_id=guest.bus_id,
        stop_id=guest.stop_id,
        dates=[range_to_json(dates) for dates in guest.dates],
        public=guest.public,
        source=guest.source,
    )


def guest_from_row(row: GuestRow) -> Guest:
    """The domain value of a row."""
    return Guest(
        id=row.id,
        name=row.name,
        text=row.text,
        bus_id=BusId(row.bus_id),
        stop_id=StopId(row.stop_id) if row.stop_id is not None else None,
        dates=tuple(map(range_from_json, row.dates)),
        public=row.public,
        source=row.source,
    )


def signpost_to_row(post: Signpost, position: int) -> SignpostRow:
    """The row."""
    return SignpostRow(
        id=post.id,
        position=position,
        ags=post.ags,
        title=post.title,
        text=post.text,
        phone=post.phone,
        url=post.url,
        checked=post.checked,
        source=post.source,
        licence=post.licence,
    )


def signpost_from_row(row: SignpostRow) -> Signpost:
    """The domain value of a row."""
    return Signpost(
        id=row.id,
        ags=Ags(row.ags) if row.ags is not None else None,
        title=row.title,
        text=row.text,
        phone=row.phone,
        url=row.url,
        checked=row.checked,
        source=row.source,
        licence=row.licence,
    )


def site_to_row(site: SiteFacts) -> SiteFactsRow:
    """The row."""
    return SiteFactsRow(
        leave_url=site.leave_url,
        office=site.office,
        mail=site.mail,
        phone=site.phone,
        form_url=site.form_url,
        law=site.law,
        statement_date=site.statement_date,
        basis=site.basis,
        limits=list(site.limits),
        enforcement=site.enforcement,
        enforcement_mail=site.enforcement_mail,
        enforcement_url=site.enforcement_url,
        source=site.source,
        position=0,
    )


def site_from_row(row: SiteFactsRow) -> SiteFacts:
    """The domain value of a row."""
    return SiteFacts(
        leave_url=row.leave_url,
        office=row.office,
        mail=row.mail,
        phone=row.phone,
        form_url=row.form_url,
        law=row.law,
        statement_date=row.statement_date,
        basis=row.basis,
        limits=tuple(row.limits),
        enforcement=row.enforcement,
        enforcement_mail=row.enforcement_mail,
        enforcement_url=row.enforcement_url,
        source=row.source,
    )
