"""German words of the reports, all in one place."""

from busplan.domain.stop_events import AgeBand, CancelReason
from busplan.reporting.visit_report import Outcome

CODE_LIST = "busplan 1"
"""Version of the code lists below; raise it when a code changes its meaning."""

WEEKDAYS = ("Mo", "Di", "Mi", "Do", "Fr", "Sa", "So")

OUTCOMES = {
    Outcome.AHEAD: "geplant",
    Outcome.UNRECORDED: "nicht erfasst",
    Outcome.OPEN: "stattgefunden, Abfahrt offen",
    Outcome.DONE: "stattgefunden",
    Outcome.CANCELLED: "ausgefallen",
}

REASONS = {
    CancelReason.CREW_ILL: "Personal krank",
    CancelReason.VEHICLE: "Fahrzeug",
    CancelReason.WEATHER: "Unwetter",
    CancelReason.PLACE: "Platz nicht nutzbar",
    CancelReason.POWER: "Strom fehlt",
    CancelReason.HOLIDAY: "Feiertag oder Fest",
    CancelReason.SAFETY: "Polizei oder Sicherheit",
    CancelReason.MOVED: "verlegt",
    CancelReason.OTHER: "sonstiges",
}

AGE_BANDS = {
    AgeBand.UNDER_10: "unter 10",
    AgeBand.FROM_10: "10 bis 13",
    AgeBand.FROM_14: "14 bis 17",
    AgeBand.FROM_18: "18 bis 26",
    AgeBand.FROM_27: "27 und älter",
}

YES, NO = "ja", "nein"
TOTAL = "Summe"
UNKNOWN_TOWN = "unbekannt"
