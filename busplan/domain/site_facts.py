"""What the public site says of the county's own: its way out, its accessibility statement."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteFacts:
    """One county's facts for every page; all may be missing.

    ``leave_url`` is where the quick exit leads, empty for our own neutral page. All others make
    the accessibility statement (§ 4 BITVNRW) and the way to report a barrier (§ 5 BITVNRW):
    ``office`` answers for the pages, ``enforcement`` is the body to turn to when it does not.
    """

    leave_url: str = ""
    office: str = ""
    mail: str = ""
    phone: str = ""
    form_url: str = ""
    law: str = ""
    statement_date: date | None = None
    basis: str = ""
    limits: tuple[str, ...] = ()
    enforcement: str = ""
    enforcement_mail: str = ""
    enforcement_url: str = ""
    source: str = ""

    def missing(self) -> Iterator[str]:
        """What a statement still lacks, by field; nothing when it is whole."""
        for name in ("office", "law", "statement_date", "basis", "enforcement"):
            if not getattr(self, name):
                yield name
        if not (self.mail or self.form_url):
            yield "mail or form_url"
        if not (self.enforcement_mail or self.enforcement_url):
            yield "enforcement_mail or enforcement_url"
