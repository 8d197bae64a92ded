"""The public address: a folder on the web, or a clear refusal."""

import pytest

from busplan.domain.errors import InvalidInput
from busplan.domain.places import StopId
from busplan.publishing.address import find_address
from busplan.publishing.site.paths import stop_page


def test_pages_lie_below_the_address() -> None:
    address = find_address("https://kreis.example/bus/")

    assert address is not None
    assert address.of(stop_page(StopId("markt"))) == "https://kreis.example/bus/halt/markt/"
    assert address.of("halt/bär/index.html") == "https://kreis.example/bus/halt/b%C3%A4r/"


def test_no_setting_is_no_address() -> None:
    assert find_address("") is None


@pytest.mark.parametrize(
    ("url", "problem"),
    [
        ("bus.example", "names no server"),
        ("ftp://bus.example/", "names no server"),
        ("https:///pages/", "names no server"),
        ("https://bus.example", "folder that ends in /"),
        ("https://bus.example/?x=/", "folder that ends in /"),
        ('https://bus.example/"x/', "must be encoded"),
        ("https://büs.example/", "must be encoded"),
        ("https://bus.example/\r\nX:/", "must be encoded"),
    ],
)
def test_other_settings_are_refused(url: str, problem: str) -> None:
    with pytest.raises(InvalidInput, match=problem):
        find_address(url)
