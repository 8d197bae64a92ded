"""The languages of the public site: how each is named, written and addressed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Language:
    """A language of the site.

    ``code`` is the BCP 47 tag of its pages, ``name`` its name in its own script, ``folder`` its
    place in addresses (German, the first language, has none), ``locale`` the CLDR locale that
    writes its dates.
    """

    code: str
    name: str
    folder: str
    locale: str
    right_to_left: bool = False

    @property
    def direction(self) -> str:
        """``ltr`` or ``rtl``, as HTML wants it."""
        return "rtl" if self.right_to_left else "ltr"


GERMAN = Language(code="de", name="Deutsch", folder="", locale="de")
EASY_GERMAN = Language(code="de-x-leicht", name="Leichte Sprache", folder="leicht", locale="de")
LANGUAGES = (
    GERMAN,
    EASY_GERMAN,
    Language(code="tr", name="Türkçe", folder="tr", locale="tr"),
    Language(code="uk", name="Українська", folder="uk", locale="uk"),
    Language(code="ro", name="Română", folder="ro", locale="ro"),
    Language(code="ar", name="العربية", folder="ar", locale="ar", right_to_left=True),
    Language(code="pl", name="Polski", folder="pl", locale="pl"),
    Language(code="en", name="English", folder="en", locale="en_GB"),
    Language(code="ru", name="Русский", folder="ru", locale="ru"),
)
"""All languages of the site, in the order in which readers choose among them."""
