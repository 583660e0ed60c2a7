"""The summary: what the report says, in sentences that each carry number, year, source and coverage."""

from __future__ import annotations

from dataclasses import dataclass

from jiaoheng.plans import Progress, Status, summarise, target_words
from jiaoheng.reports import figures, projects, structure, tasks, variations
from jiaoheng.reports.blocks import Paragraph, Points, Sentence
from jiaoheng.reports.figures import Figure
from jiaoheng.reports.indicators import digits_of
from jiaoheng.reports.inputs import MonitoringInputs
from jiaoheng.reports.numbers import change_unit, percent, separated, shown, with_unit
from jiaoheng.reports.selection import PUPILS, SEVEN_RESOURCES
from jiaoheng.terms import Stage

HEADLINES = 10
# How many of the ten lines each kind may take, so that one kind never crowds out the others.
_MOST_BINDING, _MOST_WAVES = 4, 3
# How many indicators a line names before it only counts them.
_MOST_NAMED = 3
_SHORT = (Status.MISSED, Status.BEHIND)


def headlines(inputs: MonitoringInputs) -> tuple[str, ...]:
    """The ten most important lines, the most important first; fewer only where the inputs say less.

    Binding targets that are missed or behind come first, then what cannot be computed, the widest
    gaps to other targets, the seven resource variations, and what has become of the pupils since
    their peak.
    """
    return tuple(str(sentence) for sentence in lines(inputs))


def lines(inputs: MonitoringInputs) -> tuple[Sentence, ...]:
    """`headlines`, with text and source apart."""
    binding = _binding(inputs)[:_MOST_BINDING]
    uncomputed = _uncomputed(inputs)
    variations = _variations(inputs)
    waves = _waves(inputs)[:_MOST_WAVES]
    settled = len(binding) + len(uncomputed) + len(variations) + len(waves)
    others = [*_gaps(inputs), *_reached(inputs), *_contrasts(inputs)]
    chosen = [*binding, *uncomputed, *others[: max(0, HEADLINES - settled)], *variations, *waves]
    return tuple(chosen[:HEADLINES])


def blocks(inputs: MonitoringInputs) -> tuple[Paragraph | Points, ...]:
    """The summary chapter: where the plan stands as a whole, then the ten lines."""
    whole = Sentence(summarise(inputs.plan, inputs.progress).sentence, f"来源：{inputs.source}")
    return (
        Paragraph((whole, *_followed(inputs), *_scale(inputs))),
        Points(lines(inputs), title="最要紧的十条"),
    )


def _followed(inputs: MonitoringInputs) -> list[Sentence]:
    """How tasks and projects stand, where anybody has reported."""
    following = inputs.following
    if following is None or not any(standing.last for standing in following.standings):
        return []
    said = (("task", tasks.sentence), ("project", projects.sentence))
    return [sentence(following) for kind, sentence in said if following.of(kind)]


def _binding(inputs: MonitoringInputs) -> list[Sentence]:
    binding = [
        progress
        for progress in inputs.progress
        if progress.indicator.property == "约束性" and progress.status is not Status.NOT_APPLICABLE
    ]
    short = sorted((progress for progress in binding if progress.status in _SHORT), key=_concern)
    if short or not binding:
        return [_stands(inputs, progress) for progress in short]
    judged = [progress for progress in binding if progress.status in (Status.MET, Status.ON_TRACK)]
    unknown = [progress for progress in binding if progress.status is Status.UNKNOWN]
    if not judged:
        text = f"{len(binding)}项约束性指标{inputs.year}年不能作出评判，不计入达到，{_why(unknown)}。"
        return [Sentence(text, _cited(inputs, _least_of_all(unknown)))]
    rest = f"，另有{len(unknown)}项无法计算" if unknown else ""
    text = (
        f"{len(binding)}项约束性指标中，{inputs.year}年没有滞后或未达到的，"
        f"{len(judged)}项已达到或进度正常{rest}"
    )
    return [Sentence(f"{text}。", _cited(inputs, _least([progress.coverage for progress in judged])))]


def _gaps(inputs: MonitoringInputs) -> list[Sentence]:
    others = [progress for progress in inputs.progress if progress.indicator.property != "约束性"]
    short = sorted((progress for progress in others if progress.status in _SHORT), key=_concern)
    return [_stands(inputs, progress) for progress in short]


def _reached(inputs: MonitoringInputs) -> list[Sentence]:
    well = [progress for progress in inputs.progress if progress.status in (Status.MET, Status.ON_TRACK)]
    well.sort(key=lambda progress: (progress.indicator.property != "约束性", -(_share(progress) or 0)))
    return [_stands(inputs, progress) for progress in well]


def _stands(inputs: MonitoringInputs, progress: Progress) -> Sentence:
    indicator, digits = progress.indicator, digits_of(inputs, progress)
    target = progress.target
    assert target is not None, "an indicator without a target has no verdict"
    apart = target.value if progress.status in _SHORT else None
    value = with_unit(progress.value, digits, indicator.unit, apart_from=apart)
    goal = f"{target.year}年目标（{separated(target_words(target, indicator.unit))}）"
    gap = ""
    if progress.status is Status.BEHIND and progress.expected is not None and progress.lead:
        gap = f"，比路径当年值{with_unit(progress.expected, digits, indicator.unit)}"
        gap += f"落后{_difference(abs(progress.lead), digits, indicator.unit)}"
    elif progress.status is Status.MISSED and progress.margin:
        gap = f"，相差{_difference(-progress.margin, digits, indicator.unit)}"
    text = f"{progress.status.label}：{_named(progress)}{progress.judged_year}年为{value}，{goal}{gap}。"
    return Sentence(text, _cited(inputs, progress.coverage))


def _named(progress: Progress) -> str:
    """The indicator's name, with what kind of target it has."""
    kind = progress.indicator.property
    return f"{progress.indicator.name}（{kind}）" if kind else progress.indicator.name


def _difference(value: float, digits: int, unit: str) -> str:
    """A gap that is not nothing never reads as nothing."""
    return with_unit(value, digits, change_unit(unit), apart_from=0.0)


def _uncomputed(inputs: MonitoringInputs) -> list[Sentence]:
    unknown = [progress for progress in inputs.progress if progress.status is Status.UNKNOWN]
    if not unknown:
        return []
    unknown.sort(key=lambda progress: progress.indicator.property != "约束性")
    names = "、".join(_named(progress) for progress in unknown[:_MOST_NAMED])
    more = f"等{len(unknown)}项指标" if len(unknown) > _MOST_NAMED else ""
    # A value that has no verdict yet was computed all the same.
    computed = all(progress.value is not None for progress in unknown)
    head, said = ("尚不能评判", "") if computed else ("无法计算", "不能作出评判，")
    text = f"{head}：{names}{more}{inputs.year}年{said}不计入达到，{_why(unknown)}。"
    return [Sentence(text, _cited(inputs, _least_of_all(unknown)))]


def _why(unknown: list[Progress]) -> str:
    """The cause that all share, in the indicators' own words, else where each one's cause stands."""
    causes = {_cause(progress) for progress in unknown}
    shared = causes.pop() if len(causes) == 1 else ""
    return f"因为{shared}" if shared else "原因见“无法计算的指标”"


def _cause(progress: Progress) -> str:
    """What keeps an indicator from a verdict: its reason's second sentence where there is a value.

    Where there is none, it is what follows “无法计算：”. Empty where the reason is worded otherwise.
    """
    if progress.value is None:
        return progress.reason.partition("无法计算：")[2].partition("。")[0]
    return progress.reason.partition("。")[2].partition("。")[0]


def _least_of_all(items: list[Progress]) -> float | None:
    """The lowest coverage, None as soon as one is not known: the others' would speak for it."""
    coverages = [progress.coverage for progress in items]
    return None if None in coverages else _least(coverages)


def _variations(inputs: MonitoringInputs) -> list[Sentence]:
    """The widest and the narrowest of the seven variations, by stage; thresholds are not this report's."""
    of_seven = variations.of_measures(inputs, SEVEN_RESOURCES)
    found = []
    for stage in variations.STAGES:
        seen = [figures.county(inputs, entry.id, stage) for entry in of_seven]
        known = sorted(
            (figure for figure in seen if figure and figure.value is not None), key=_value, reverse=True
        )
        if len(known) < 2:
            continue
        widest, narrowest = known[0], known[-1]
        text = (
            f"{figures.stage_label(stage)}七项资源配置的校际差异系数{inputs.year}年可算{len(known)}项，"
            f"最大的是“{_resource(inputs, widest)}”{widest.text}{_since(inputs, widest)}，"
            f"最小的是“{_resource(inputs, narrowest)}”{narrowest.text}。"
        )
        found.append(Sentence(text, _cited(inputs, _least([figure.coverage for figure in known]))))
    return found


def _resource(inputs: MonitoringInputs, figure: Figure) -> str:
    return inputs.measures[figure.measure.variation_of].name


def _since(inputs: MonitoringInputs, figure: Figure) -> str:
    """The same variation in the plan's baseline year, where it is known."""
    year = variations.baseline_year(inputs)
    before = figures.county(inputs, figure.measure.id, figure.stage, year)
    return (
        f"（{year}年为{before.text}）" if before and before.value is not None and year < inputs.year else ""
    )


def _waves(inputs: MonitoringInputs) -> list[Sentence]:
    order = [Stage.PRIMARY.value, Stage.JUNIOR.value, Stage.PRESCHOOL.value]
    waves = [wave for wave in structure.waves(inputs, PUPILS) if wave.stage in order]
    waves.sort(key=lambda wave: order.index(wave.stage))
    unit = inputs.measures[PUPILS].unit if PUPILS in inputs.measures else ""
    found = []
    for wave in waves:
        label = (
            "在园幼儿" if wave.stage == Stage.PRESCHOOL.value else f"{figures.stage_label(wave.stage)}在校生"
        )
        text = f"{label}{wave.year}年为{with_unit(wave.pupils, 0, unit)}，"
        if wave.peak_year == wave.year:
            text += "是有数据以来最多的一年。"
        else:
            text += (
                f"比峰值{wave.peak_year}年的{with_unit(wave.peak, 0, unit)}"
                f"减少{with_unit(wave.peak - wave.pupils, 0, unit)}（{shown(wave.change, 1, sign=True)}%）。"
            )
        figure = figures.county(inputs, PUPILS, wave.stage)
        found.append(Sentence(text, _cited(inputs, figure.coverage if figure else None)))
    return found


def _contrasts(inputs: MonitoringInputs) -> list[Sentence]:
    """City against country on the seven resources of primary schools, the widest ratio first."""
    found: list[tuple[float, Sentence]] = []
    for measure in SEVEN_RESOURCES:
        rows = figures.figures(
            inputs, inputs.urban_rural, measure, stage=Stage.PRIMARY.value, year=inputs.year
        )
        by_key = {row.key: row for row in rows}
        city, country = by_key.get("urban"), by_key.get("rural")
        if city and country and city.value and country.value:
            text = (
                f"小学{city.measure.name} {inputs.year}年城区为{city.text_with_unit}，"
                f"乡村为{country.text_with_unit}。"
            )
            cited = _cited(inputs, _least([city.coverage, country.coverage]))
            ratio = max(city.value / country.value, country.value / city.value)
            found.append((ratio, Sentence(text, cited)))
    return [sentence for _, sentence in sorted(found, key=_first, reverse=True)]


@dataclass(frozen=True)
class _Scale:
    label: str
    figure: Figure


def _scale(inputs: MonitoringInputs) -> list[Sentence]:
    """How many pupils there are at all: what every share in the report is a share of."""
    seen = [
        _Scale(figures.stage_label(stage), figure)
        for stage in figures.stages(inputs, inputs.county, PUPILS)
        if (figure := figures.county(inputs, PUPILS, stage)) and figure.value is not None
    ]
    if not seen:
        return []
    parts = "、".join(f"{scale.label}{scale.figure.text_with_unit}" for scale in seen)
    text = f"{inputs.year}年{inputs.whole}在校生（在园幼儿）：{parts}。"
    return [Sentence(text, _cited(inputs, _least([scale.figure.coverage for scale in seen])))]


def _cited(inputs: MonitoringInputs, coverage: float | None) -> str:
    covered = (
        "数据覆盖率未知"
        if coverage is None
        else f"数据覆盖率{percent(coverage, 1 if 0 < coverage < 1 else 0)}"
    )
    return f"来源：{inputs.source}；{covered}"


def _concern(progress: Progress) -> tuple[int, float]:
    """Missed before behind, then the widest share of the target still open."""
    return (_SHORT.index(progress.status), -(_share(progress) or 0.0))


def _share(progress: Progress) -> float | None:
    gap = progress.lead if progress.status is Status.BEHIND and progress.lead is not None else progress.margin
    if gap is None or progress.target is None:
        return None
    return abs(gap) / max(abs(progress.target.value), 0.01)


def _least(coverages: list[float | None]) -> float | None:
    known = [coverage for coverage in coverages if coverage is not None]
    return min(known, default=None)


def _value(figure: Figure) -> float:
    return figure.value or 0.0


def _first(pair: tuple[float, Sentence]) -> float:
    return pair[0]
