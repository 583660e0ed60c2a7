"""What a remedy comes to, in sentences: what passes and at which cost, what is proven, what is in the way."""

from __future__ import annotations

from jiaoheng.standards import words
from jiaoheng.standards.remedy.conflicts import Conflict
from jiaoheng.standards.remedy.remedy import Remedy

_TEN_THOUSAND = 10_000.0
_NAMED = 10


def sentences(found: Remedy) -> tuple[str, ...]:
    """The result of `remedy`, from the most important on."""
    said = [_outcome(found), *_proven(found), *_conflict(found)]
    if found.overdue:
        said.append("每年的经费或人数上限之内，期限前做不完：请提高分年上限，或推后期限。")
    said += _coefficients(found)
    said += _unknown(found)
    if found.costs.note:
        said.append(f"成本依据：{found.costs.note}。")
    return tuple(said)


def _outcome(found: Remedy) -> str:
    problem = found.county.problem
    total = len(problem.of_school)
    now, then = len(found.before.passing(problem)), len(found.after.passing(problem))
    if found.solution.units is None:
        return f"共 {total} 所学校，现有 {now} 所达标；在成本文件的限制之内，没有找到办法。"
    years = found.menu.years
    over = f"（按 {years} 年计）" if years > 1 else ""
    money = f"需 {found.solution.cost / _TEN_THOUSAND:,.2f} 万元{over}"
    if not found.steps:
        return (
            f"共 {total} 所学校，{now} 所达标，不需要任何措施。"
            if now == total
            else f"没有可做的措施：{money}。"
        )
    if found.budget is not None and then < total:
        limit = found.budget / _TEN_THOUSAND
        return f"{limit:,.2f} 万元以内，达标学校最多由 {now} 所增加到 {then} 所（共 {total} 所），{money}。"
    return f"共 {total} 所学校，现有 {now} 所达标；按方案 {then} 所达标，{money}。"


def _proven(found: Remedy) -> tuple[str, ...]:
    solution, gap = found.solution, found.solution.gap
    said = []
    if gap is not None and found.steps:
        bound = solution.bound / _TEN_THOUSAND
        if found.budget is not None and solution.passing < solution.most:
            said.append(
                f"已证明：这些经费最多使 {solution.most} 所学校达标；没有证明 {solution.passing} 所就是最多。"
            )
        elif any(change.kind == "rezone" for change in found.menu.changes):
            said.append(
                f"估计同样的结果不会少于 {bound:,.2f} 万元（可调整招生地段，这个下限没有严格证明；"
                f"求解 {solution.seconds:.1f} 秒）。"
            )
        else:
            said.append(
                f"已证明：同样的结果，任何办法都不会少于 {bound:,.2f} 万元，本方案至多高出 {gap * 100:.2f}%"
                f"（求解 {solution.seconds:.1f} 秒）。"
            )
    if found.proof is None:
        return tuple(said)
    if found.proof.assessed is None:
        said.append(f"没有能代入数据重新评估：{found.proof.why}")
        return tuple(said)
    passing = len(found.proof.passing(found.county))
    planned = len(found.after.passing(found.county.problem))
    agrees = "与方案相符" if passing == planned else f"与方案的 {planned} 所不符，请以复评为准"
    said.append(f"复评：把措施代入数据，按标准重新评估，{passing} 所学校达标，{agrees}。")
    return tuple(said)


def _conflict(found: Remedy) -> tuple[str, ...]:
    why = found.conflict
    if why is None:
        return ()
    said = []
    if why.groups:
        said.append("这几条限制不能同时成立：" + "；".join(why.groups) + "。")
    for one in why.relaxations[:_NAMED]:
        where = f"{one.limit.where}：" if one.limit.where else ""
        step = one.limit.step
        said.append(
            f"至少要放宽：{where}{one.limit.group}，由 {one.limit.most * step:g} {one.limit.unit}"
            f"放宽到 {one.enough * step:g} {one.limit.unit}。"
        )
    if len(why.relaxations) > _NAMED:
        said.append(f"另有 {len(why.relaxations) - _NAMED} 处要放宽，见 --json。")
    return (*said, *_beyond(found, why))


def _beyond(found: Remedy, why: Conflict) -> tuple[str, ...]:
    problem = found.county.problem
    said = []
    for one in why.lacking[:_NAMED]:
        row, item = problem.rows[one.place], problem.items[one.item]
        stage = words.stage_words(row.stage)
        said.append(f"{row.name}（{stage}）缺「{item.name}」，成本文件里没有能补足它的措施。")
    for stage, place in why.uneven:
        name = problem.items[place].name
        said.append(f"{words.stage_words(stage)}「{name}」的差异系数，无论怎样做都高于上限。")
    return tuple(said)


def _coefficients(found: Remedy) -> tuple[str, ...]:
    problem = found.county.problem
    over = [
        f"{words.stage_words(stage)}「{problem.items[place].name}」高出 {excess:.3f}"
        for stage, place, excess in found.after.over
    ]
    return ("仍高于上限的差异系数：" + "、".join(over) + "。",) if over else ()


def _unknown(found: Remedy) -> tuple[str, ...]:
    problem = found.county.problem
    unknown = [problem.rows[place].name for place, passes in enumerate(found.after.passes) if passes is None]
    if not unknown:
        return ()
    names = "、".join(dict.fromkeys(unknown[:_NAMED]))
    return (f"数据不全、不能判定的学校学段有 {len(unknown)} 个（{names}），未知不算达标，请先补齐数据。",)
