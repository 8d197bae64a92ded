"""Plan versions say when they were published, and only then."""

from datetime import UTC, datetime
from typing import Any

import pytest

from busplan.domain.errors import InvalidInput
from busplan.domain.plan_version import PlanStatus, PlanVersion, PlanVersionId
from busplan.domain.solution import Solution
from tests.factories import make_plan

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


def make_version(**given: Any) -> PlanVersion:
    """A draft."""
    usual = {
        "id": PlanVersionId(1),
        "solution": Solution(plan=make_plan()),
        "status": PlanStatus.DRAFT,
        "created_at": NOW,
    }
    return PlanVersion(**usual | given)


@pytest.mark.parametrize("status", [PlanStatus.PUBLISHED, PlanStatus.SUPERSEDED])
def test_what_was_published_says_when(status: PlanStatus) -> None:
    assert make_version(status=status, published_at=NOW).published_at == NOW
    with pytest.raises(InvalidInput, match="only a draft, was never published"):
        make_version(status=status)


def test_a_draft_was_never_published() -> None:
    assert make_version().published_at is None
    with pytest.raises(InvalidInput, match="only a draft, was never published"):
        make_version(published_at=NOW)


@pytest.mark.parametrize("field", ["created_at", "published_at"])
def test_naive_times_are_refused(field: str) -> None:
    times = {"created_at": NOW, "published_at": NOW} | {field: NOW.replace(tzinfo=None)}

    with pytest.raises(InvalidInput, match="no time zone"):
        make_version(status=PlanStatus.PUBLISHED, **times)
