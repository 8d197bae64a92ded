"""County, municipalities, places, outlines and stops: row <-> domain."""

from busplan.domain.dates import DateRange
from busplan.domain.places import (
    Ags,
    Coordinate,
    County,
    Municipality,
    Origin,
    Outline,
    Place,
    PlaceId,
    Stop,
    StopId,
)
from busplan.domain.publication_level import PublicationLevel
from busplan.storage.county_tables import (
    CountyRow,
    MunicipalityRow,
    OutlineRow,
    PlaceRow,
    StopRow,
)
from busplan.storage.pieces import range_from_json, range_to_json


def county_to_row(county: County) -> CountyRow:
    """The county's row."""
    return CountyRow(
        id=county.id,
        name=county.name,
        holiday_region=county.holiday_region,
        contact_phone=county.contact_phone,
        contact_mail=county.contact_mail,
        contact_note=county.contact_note,
        source=county.source,
        demo=county.demo,
    )


def county_from_row(row: CountyRow) -> County:
    """The county of a row."""
    return County(
        id=row.id,
        name=row.name,
        holiday_region=row.holiday_region,
        contact_phone=row.contact_phone,
        contact_mail=row.contact_mail,
        contact_note=row.contact_note,
        source=row.source,
        demo=row.demo,
    )


def municipality_to_row(town: Municipality, position: int) -> MunicipalityRow:
    """The town's row."""
    return MunicipalityRow(
        ags=town.ags,
        position=position,
        name=town.name,
        postcodes=list(town.postcodes),
        residents=town.residents,
        residents_date=town.residents_date,
        young_people=town.young_people,
        young_people_date=town.young_people_date,
        youth_office=town.youth_office,
        served=town.served,
        main_place=town.main_place,
        lat=town.location.lat,
        lon=town.location.lon,
        source=town.source,
    )


def municipality_from_row(row: MunicipalityRow) -> Municipality:
    """The town of a row."""
    return Municipality(
        ags=Ags(row.ags),
        name=row.name,
        postcodes=tuple(row.postcodes),
        residents=row.residents,
        residents_date=row.residents_date,
        young_people=row.young_people,
        young_people_date=row.young_people_date,
        youth_office=row.youth_office,
        served=row.served,
        main_place=row.main_place,
        location=Coordinate(row.lat, row.lon),
        source=row.source,
    )


def place_to_row(place: Place, position: int) -> PlaceRow:
    """The locality's row."""
    return PlaceRow(
        id=place.id,
        position=position,
        name=place.name,
        ags=place.ags,
        lat=place.location.lat,
        lon=place.location.lon,
        accuracy_m=place.accuracy_m,
        kind=place.kind,
        source=place.source,
        licence=place.licence,
    )


def place_from_row(row: PlaceRow) -> Place:
    """The locality of a row."""
    return Place(
        id=PlaceId(row.id),
        name=row.name,
        ags=Ags(row.ags),
        location=Coordinate(row.lat, row.lon),
        accuracy_m=row.accuracy_m,
        kind=row.kind,
        source=row.source,
        licence=row.licence,
    )


def outline_to_row(outline: Outline, position: int) -> OutlineRow:
    """The border's row, rings of [lat, lon]."""
    rings = [[[point.lat, point.lon] for point in ring] for ring in outline.rings]
    return OutlineRow(ags=outline.ags, position=position, rings=rings)


def outline_from_row(row: OutlineRow) -> Outline:
    """The border of a row."""
    rings = tuple(tuple(Coordinate(lat, lon) for lat, lon in ring) for ring in row.rings)
    return Outline(ags=Ags(row.ags), rings=rings)


def stop_to_row(stop: Stop, position: int) -> StopRow:
    """The stop's row."""
    return StopRow(
        id=stop.id,
        position=position,
        name=stop.name,
        ags=stop.ags,
        place_id=stop.place_id,
        lat=stop.location.lat,
        lon=stop.location.lon,
        level=stop.level.value,
        power=stop.power,
        max_height_m=stop.max_height_m,
        max_length_m=stop.max_length_m,
        max_weight_t=stop.max_weight_t,
        agreement_first=stop.agreement.first if stop.agreement else None,
        agreement_last=stop.agreement.last if stop.agreement else None,
        lit=stop.lit,
        indoor_place=stop.indoor_place,
        closed=[range_to_json(dates) for dates in stop.closed],
        nearest_transit_stop=stop.nearest_transit_stop,
        note=stop.note,
        origin=stop.origin.value,
        source=stop.source,
    )


def stop_from_row(row: StopRow) -> Stop:
    """The stop of a row."""
    agreement = None
    if row.agreement_first is not None and row.agreement_last is not None:
        agreement = DateRange(first=row.agreement_first, last=row.agreement_last)
    return Stop(
        id=StopId(row.id),
        name=row.name,
        ags=Ags(row.ags),
        place_id=PlaceId(row.place_id),
        location=Coordinate(row.lat, row.lon),
        level=PublicationLevel(row.level),
        power=row.power,
        max_height_m=row.max_height_m,
        max_length_m=row.max_length_m,
        max_weight_t=row.max_weight_t,
        agreement=agreement,
        lit=row.lit,
        indoor_place=row.indoor_place,
        closed=tuple(range_from_json(pair) for pair in row.closed),
        nearest_transit_stop=row.nearest_transit_stop,
        note=row.note,
        origin=Origin(row.origin),
        source=row.source,
    )
