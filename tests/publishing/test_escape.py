"""Texts from data show literally in maps, whatever they hold."""

import html

from hypothesis import given
from hypothesis import strategies as st

from busplan.publishing.escape import map_text


@given(text=st.text())
def test_the_text_reads_as_before(text: str) -> None:
    assert html.unescape(map_text(text)) == text


@given(text=st.text(alphabet="&<>\"'`\\${}=/%#()\u2028\u2029ab"))
def test_nothing_is_left_that_html_scripts_or_templates_read(text: str) -> None:
    shown = map_text(text)

    assert not set(shown) & set("<>\"'`\\${}=/\u2028\u2029")
