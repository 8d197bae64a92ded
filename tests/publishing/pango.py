"""Tests that set letters in PDF need Pango; without it they are skipped, but fail in CI."""

import os

import pytest

from busplan.domain.errors import ToolMissing
from busplan.publishing.pdf import make_pdf


def need_pango() -> None:
    """Skip the test where the machine cannot make PDF."""
    try:
        make_pdf("<html lang=de><title>Probe</title><p>Probe")
    except ToolMissing:
        if os.environ.get("CI"):
            pytest.fail("CI must have Pango to see the posters work")
        pytest.skip("Pango is not installed")
