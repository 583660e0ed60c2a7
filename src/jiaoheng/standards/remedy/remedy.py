"""The cheapest way to pass, from a census and a file of costs to a plan with its proof."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from jiaoheng.census.snapshot import Census
from jiaoheng.packs import Catalogue
from jiaoheng.standards.answers import Answers
from jiaoheng.standards.assess import assess
from jiaoheng.standards.remedy.actions import Menu, RemedyError, menu
from jiaoheng.standards.remedy.check import Judged, judge
from jiaoheng.standards.remedy.conflicts import Conflict, conflict
from jiaoheng.standards.remedy.costs import Change, Costs
from jiaoheng.standards.remedy.county import County, county
from jiaoheng.standards.remedy.model import after
from jiaoheng.standards.remedy.problem import State, present
from jiaoheng.standards.remedy.proof import Proof, prove
from jiaoheng.standards.remedy.schedule import Year, schedule
from jiaoheng.standards.remedy.solve import GAP, SECONDS, Solution, least_cost, most_schools
from jiaoheng.standards.remedy.steps import Step, steps


@dataclass(frozen=True)
class Remedy:
    """What to do in a county, what it costs, and what comes of it.

    Attributes
    ----------
    county : the problem and the assessment that it comes from. ``costs`` : what may be done.
    solution : what is proven about the cost. ``steps`` : what to do.
    before, after : the rule held against the county as it is and as it becomes; ``state`` is the latter.
    conflict : why there is no solution; None where there is one.
    budget : yuan; None where nothing is said.
    years : year by year, where the plan is spread. ``overdue`` : whether their limits did not let it be.
    proof : the changed census, assessed.
    """

    county: County
    costs: Costs
    menu: Menu
    solution: Solution
    steps: tuple[Step, ...]
    before: Judged
    after: Judged
    state: State
    conflict: Conflict | None
    budget: float | None
    years: tuple[Year, ...]
    overdue: bool
    proof: Proof | None

    @property
    def solved(self) -> bool:
        """Whether all that is known passes afterwards: every school, every coefficient."""
        problem = self.county.problem
        everyone = len(self.after.passing(problem)) == len(problem.of_school)
        return everyone and not self.after.over and not self.overdue


def remedy(
    census: Census,
    standard: str,
    costs: Costs,
    *,
    catalogue: Catalogue,
    answers: Answers | None = None,
    budget: float | None = None,
    until: int | None = None,
    gap: float = GAP,
    seconds: float = SECONDS,
) -> Remedy:
    """The least-cost changes after which every school passes; within a budget, those that help most schools.

    Parameters
    ----------
    standard : the id or name of the standard.
    budget : yuan over the horizon of the costs.
    until : the last year, where the changes are to be spread over years; they begin after the census.
    gap, seconds : when to stop looking.

    Raises
    ------
    RemedyError
        The standard cannot be planned for, the costs name what is not there, or the deadline is past.
    """
    if until is not None and until <= census.year:
        raise RemedyError(
            f"期限 {until} 年不晚于数据的年份 {census.year} 年。请把「--until」改为以后的年份。"
        )
    years = range(census.year + 1, (until or census.year) + 1)
    assessed = assess(census, standard, catalogue=catalogue, answers=answers)
    of = county(census, assessed, catalogue=catalogue)
    problem = of.problem
    options = menu(problem, _over_years(costs, len(years)), names=of.names)
    solution = least_cost(problem, options, gap=gap, seconds=seconds)
    why = None
    if solution.infeasible:
        why = conflict(problem, options, seconds=seconds)
    if budget is not None and (solution.units is None or solution.cost > budget):
        solution = most_schools(problem, options, budget, gap=gap, seconds=seconds)
    units = solution.units or (0,) * len(options.actions)
    state = after(problem, options, units)
    spread = schedule(problem, options, costs, units, years) if years and any(units) else ()
    lines = _dated(of, options, spread) if spread else steps(problem, options, units)
    proof = prove(census, of, lines, catalogue=catalogue, answers=answers) if lines else None
    return Remedy(
        of,
        costs,
        options,
        solution,
        lines,
        judge(problem, present(problem)),
        judge(problem, state),
        state,
        why,
        budget,
        spread or (),
        spread is None,
        proof,
    )


def _over_years(costs: Costs, years: int) -> Costs:
    """What can be done in so many years is no more than the yearly limits allow."""
    if not years:
        return costs
    return costs.model_copy(update={"changes": tuple(_limited(change, years) for change in costs.changes)})


def _limited(change: Change, years: int) -> Change:
    if change.year_limit is None:
        return change
    limits = [change.year_limit * years]
    limits += [] if change.county_limit is None else [change.county_limit]
    return change.model_copy(update={"county_limit": min(limits)})


def _dated(of: County, options: Menu, years: Sequence[Year]) -> tuple[Step, ...]:
    return tuple(
        replace(step, year=one.year) for one in years for step in steps(of.problem, options, one.units)
    )
