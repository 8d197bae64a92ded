"""Every number that rules and goals use, each a setting with its source.

Minutes and points are whole numbers. A county overrides any of them in ``parameters.csv``,
naming its own source (a collective agreement, a committee's decision).
"""

from dataclasses import Field, dataclass, field, fields
from typing import Any

from busplan.domain.errors import InvalidInput

OWN = "busplan proposal, to be decided by the county"


CALIBRATED = "fitted to 991 of 1,812 road legs of 14 mobile libraries, docs/decisions/0003"


def _number(default: Any, unit: str, source: str, least: float = 0) -> Any:
    return field(default=default, metadata={"unit": unit, "source": source, "least": least})


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The numbers of one county: working-time law, travel, timetable, and weights of goals."""

    # Hard rules: working time (Arbeitszeitgesetz)
    work_day_max_min: int = _number(600, "min", "ArbZG § 3: at most 10 h a day")
    break_after_min: int = _number(360, "min", "ArbZG § 4: a break is due above 6 h")
    break_min: int = _number(30, "min", "ArbZG § 4: 30 min break above 6 h")
    long_break_after_min: int = _number(540, "min", "ArbZG § 4: longer break above 9 h")
    long_break_min: int = _number(45, "min", "ArbZG § 4: 45 min break above 9 h")
    break_piece_min: int = _number(15, "min", "ArbZG § 4: pieces of at least 15 min")
    work_stretch_max_min: int = _number(
        360, "min", "ArbZG § 4: never more than 6 h without a break"
    )
    rest_min: int = _number(660, "min", "ArbZG § 5: 11 h unbroken rest")

    # Hard rules: timetable and travel
    leg_buffer_min: int = _number(5, "min", OWN)
    timetable_step_min: int = _number(5, "min", OWN, least=1)
    detour_factor: float = _number(
        1.38, "metres by road per metre of geodesic", CALIBRATED, least=1
    )
    speed_kmh: float = _number(41.5, "km/h", CALIBRATED, least=5)
    short_notice_hours: int = _number(24, "h", OWN)

    # Soft goals: points per unit; a plan's cost is the sum of points, lower is better
    need_points: int = _number(1000, "points per unit of weight, first visit", OWN)
    need_repeat_percent: int = _number(60, "% of the value of the visit before", OWN)
    need_least_percent: int = _number(200, "% of the value, for visits up to the least asked", OWN)
    floor_visits: int = _number(
        1, "visits per municipality", f"domain research 6.1: floor (Mindestanteil); {OWN}"
    )
    floor_weeks: int = _number(4, "weeks over which the floor is counted", OWN, least=1)
    floor_points: int = _number(3000, "points per visit below the floor", OWN)
    pin_points: int = _number(10000000, "points per pinned visit not kept", OWN)
    block_points: int = _number(
        1000000,
        "points per block visit not kept; above all other goals together",
        f"domain research 9.1: blocks first; {OWN}",
    )
    moved_points: int = _number(
        400, "points per visit not on the weekday and bus of last time", OWN
    )
    retimed_points: int = _number(
        100, "points per visit that opens at another time than last time", OWN
    )
    alone_points_per_hour: int = _number(
        120,
        "points per open hour with one adult",
        f"BAG Fachliche Standards 2018 ask for two; {OWN}",
    )
    km_points: int = _number(3, "points per km", OWN)
    driving_points_per_min: int = _number(2, "points per driving minute", OWN)
    late_after_min: int = _number(1260, "minute of the day", OWN)
    late_points_per_min: int = _number(3, "points per duty minute after that", OWN)
    balance_points: int = _number(40, "points per further duty of one person in a week", OWN)

    def __post_init__(self) -> None:
        for spec in parameter_fields():
            value = getattr(self, spec.name)
            if value < spec.metadata["least"]:
                raise InvalidInput(f"{spec.name} is {value}, least {spec.metadata['least']}")


def parameter_fields() -> tuple[Field[Any], ...]:
    """Name, type, default, unit and source of every parameter, in order of definition."""
    return fields(Parameters)
