"""PlanVersion: one stored solution and where it stands between draft and history."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NewType

from busplan.domain.errors import InvalidInput
from busplan.domain.solution import Solution

PlanVersionId = NewType("PlanVersionId", int)


class PlanStatus(StrEnum):
    """DRAFT: not yet shown; PUBLISHED: the one plan of its weeks; SUPERSEDED: replaced by one."""

    DRAFT = "draft"
    PUBLISHED = "published"
    SUPERSEDED = "superseded"


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanVersion:
    """A solution as it was stored; times are aware. A plan once published keeps its time."""

    id: PlanVersionId
    solution: Solution
    status: PlanStatus
    created_at: datetime
    published_at: datetime | None = None

    def __post_init__(self) -> None:
        for moment in (self.created_at, self.published_at):
            if moment is not None and moment.tzinfo is None:
                raise InvalidInput(f"plan {self.id}: {moment} has no time zone")
        if (self.status is PlanStatus.DRAFT) != (self.published_at is None):
            raise InvalidInput(f"plan {self.id}: a draft, and only a draft, was never published")
