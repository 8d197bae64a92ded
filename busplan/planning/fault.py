"""SolverFault: our own plan, faulted by our own checker: a bug, with all it takes to repeat it."""

from typing import Any

from busplan.domain.errors import BusplanError
from busplan.domain.periodic import PeriodicPlan, PeriodicProblem
from busplan.domain.periodic_check import check_periodic_plan
from busplan.domain.plan import Plan
from busplan.domain.problem import PlanningProblem
from busplan.domain.rules.check import check_plan
from busplan.domain.rules.violation import Violation


class SolverFault(BusplanError):
    """A plan from our solver that breaks a hard rule, or no plan at all; never published."""

    def __init__(
        self,
        message: str,
        problem: PlanningProblem,
        plan: Plan | None = None,
        violations: tuple[Violation, ...] = (),
    ) -> None:
        super().__init__(message)
        self.problem = problem
        self.plan = plan
        self.violations = violations

    def __reduce__(self) -> tuple[Any, ...]:
        """Whole when it comes from another process, too."""
        return SolverFault, (str(self), self.problem, self.plan, self.violations)


def refuse_faults(plan: Plan, problem: PlanningProblem) -> None:
    """Raise ``SolverFault`` for a plan that breaks any hard rule."""
    violations = tuple(check_plan(plan, problem))
    if violations:
        raise SolverFault(
            f"the solver's plan breaks {len(violations)} rules: {violations[0]}",
            problem,
            plan,
            violations,
        )


class PeriodicFault(BusplanError):
    """A periodic plan from our search that breaks a limit; never handed out."""

    def __init__(
        self,
        message: str,
        problem: PeriodicProblem,
        plan: PeriodicPlan,
        violations: tuple[Violation, ...],
    ) -> None:
        super().__init__(message)
        self.problem = problem
        self.plan = plan
        self.violations = violations

    def __reduce__(self) -> tuple[Any, ...]:
        """Whole when it comes from another process, too."""
        return PeriodicFault, (str(self), self.problem, self.plan, self.violations)


def refuse_periodic_faults(plan: PeriodicPlan, problem: PeriodicProblem) -> None:
    """Raise ``PeriodicFault`` for a plan that breaks any limit."""
    violations = tuple(check_periodic_plan(plan, problem))
    if violations:
        raise PeriodicFault(
            f"{problem.name}: the plan breaks {len(violations)} limits: {violations[0]}",
            problem,
            plan,
            violations,
        )
