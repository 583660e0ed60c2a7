"""What a pack holds: the document, and the parameters, facts and measures that it defines.

These models say which keys it may have and what each must
be; how the entries fit together, and fit the data dictionary, is proved by `jiaoheng.packs.checks`.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, PrivateAttr, model_validator

StageName = Literal["preschool", "primary", "junior", "senior", "vocational", "special"]
GroupName = Literal["compulsory", "upper_secondary", "school", "all"]

STAGE_GROUPS: dict[str, str] = {
    "compulsory": "义务教育",
    "upper_secondary": "高中阶段",
    "school": "中小学",
    "all": "各学段合计",
}
"""What `Measure.together` may be, and how people read it."""

_GROUP_STAGES: dict[str, set[str]] = {
    "compulsory": {"primary", "junior"},
    "upper_secondary": {"senior", "vocational"},
}


def _word(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9_]*", text):
        raise ValueError(f"编号「{text}」只能用小写英文字母、数字和下划线，以字母开头。")
    return text


def _document_word(text: str) -> str:
    if not re.fullmatch(r"[a-z][a-z0-9-]*", text):
        raise ValueError(f"文件编号「{text}」只能用小写英文字母、数字和连字符，以字母开头。")
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("这一项不能为空。请填写；确实没有时，请删去这一行或说明原因。")
    return text


Id = Annotated[str, AfterValidator(_word)]
DocumentId = Annotated[str, AfterValidator(_document_word)]
Said = Annotated[str, AfterValidator(_said)]


class Strict(BaseModel):
    """A frozen model that refuses keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Document(Strict):
    """The official document that a pack sets down.

    ``date`` is the day of issue, null where it could not be found out; ``source`` says where the figures come
    from, and ``unverified`` what could not be checked against the full text.
    """

    id: DocumentId
    title: Said
    number: str = ""
    issuer: Said
    date: datetime.date | None
    effective_from: datetime.date
    effective_to: datetime.date | None = None
    superseded_by: DocumentId | None = None
    source: Said
    unverified: tuple[Said, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _check_period(self.effective_from, self.effective_to)
        return self


class Entry(Strict):
    """What parameters, facts, measures and checks have in common.

    ``effective_from`` and ``effective_to`` (inclusive) stand in for the document's. ``overrides`` marks an
    entry that takes the place of all entries with its id in other packs; without it an id is never replaced.
    """

    id: Id
    name: Said
    clause: str
    note: Said | None = None
    unverified: Said | None = None
    effective_from: datetime.date | None = None
    effective_to: datetime.date | None = None
    overrides: bool = False

    _document: Document | None = PrivateAttr(None)
    _place: str = PrivateAttr("")

    @property
    def document(self) -> Document:
        """The document whose pack defines this entry."""
        if self._document is None:
            raise LookupError(f"{self.id} was not loaded from a pack")
        return self._document

    @property
    def place(self) -> str:
        """``file:line`` of the definition."""
        return self._place

    @property
    def starts(self) -> datetime.date:
        """The first day on which this version is in force."""
        return self.effective_from or self.document.effective_from

    @property
    def ends(self) -> datetime.date | None:
        """The last day on which this version is in force; None while it has no end."""
        return self.effective_to or self.document.effective_to

    def bind(self, document: Document, place: str) -> None:
        """Remember where this entry comes from; the loader calls it once."""
        self._document = document
        self._place = place

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        _check_period(self.effective_from, self.effective_to)
        return self


class Quantity(Entry):
    """An entry that is a number of something, as a clause of its document says."""

    unit: Said
    clause: Said


def _parameter_value(value: Any) -> Any:
    number = (int, float)
    if isinstance(value, Mapping) and value:
        wrong = [key for key in value if key not in StageName.__args__]  # type: ignore[attr-defined]
        if wrong:
            raise ValueError(f"「{wrong[0]}」不是学段。请改用 {'、'.join(StageName.__args__)}。")  # type: ignore[attr-defined]
        if all(isinstance(each, number) and not isinstance(each, bool) for each in value.values()):
            return {str(key): float(each) for key, each in value.items()}
    elif isinstance(value, number) and not isinstance(value, bool):
        return float(value)
    raise ValueError("「value」应是一个数，或各学段的数，如 {primary: 45, junior: 50}。")


class Parameter(Quantity):
    """A number that rules use and a county may have to change, alone or one for each stage.

    An expression names it like a column.
    """

    value: Annotated[float | dict[str, float], BeforeValidator(_parameter_value)]

    def at(self, stage: str) -> float | None:
        """The value for a stage; None where there is none for it."""
        return self.value.get(stage) if isinstance(self.value, dict) else self.value


class Records(Strict):
    """How a fact is counted from records of classes, pupils or teachers where no value was imported."""

    table: Literal["classes", "pupils", "teachers"]
    expr: Said


class Fact(Quantity):
    """A number (or a condition) for each row of its grain, worked out from the columns of a census table.

    Inside its own ``expr`` the fact's own id is the column of that name; everywhere else it is the fact.
    """

    table: Said
    expr: Said
    records: Records | None = None


class Alias(Strict):
    """Another name of a measure, as plans write it, and the stage that it speaks of (None: all of them)."""

    name: Said
    stage: StageName | None = None


def _aliases(value: Any) -> Any:
    if isinstance(value, Mapping):
        return [
            {"name": name, "stage": stage}
            for stage, names in value.items()
            for name in (names if isinstance(names, list) else [names])
        ]
    if isinstance(value, list | tuple):
        return [{"name": each} if isinstance(each, str) else each for each in value]
    return value


Rollup = Literal["ratio_of_sums", "sum", "variation"]


class Measure(Quantity):
    """What is measured: numerator over denominator, how it rolls up, and for which stages.

    ``plus`` is a second part of the numerator, of another grain; each part is summed on its own. ``together``
    names the one row that stands for all ``stages`` at once. A ``variation`` is the pupil-weighted
    coefficient of variation over schools of the measure ``of`` (weights: its denominator), or the mean of the
    variations ``mean_of``.

    A ratio is taken over the rows that are known, unless it is ``whole``: then one row in scope that is not
    known makes it unknown. Ratios ask for that where only rows of one kind can be unknown (private schools,
    by their purchased seats): to leave those out would not be a smaller sample but a better result.
    """

    digits: int = 2
    factor: float = 1.0
    numerator: Said | None = None
    denominator: Said | None = None
    plus: Said | None = None
    where: Said | None = None
    stages: tuple[StageName, ...] = ()
    together: GroupName | None = None
    rollup: Rollup
    whole: bool = False
    of: Id | None = None
    mean_of: tuple[Id, ...] = ()
    better: Literal["higher", "lower", "none"] = "none"
    aliases: Annotated[tuple[Alias, ...], BeforeValidator(_aliases)] = ()

    @property
    def rows(self) -> tuple[str, ...]:
        """The words that stand in the ``stage`` column of the result; empty for a measure without stages."""
        return (self.together,) if self.together else self.stages

    @model_validator(mode="before")
    @classmethod
    def _with_rollup(cls, data: Any) -> Any:
        """A variation is known by ``of`` or ``mean_of``, a ratio by its denominator: most need not say."""
        if not isinstance(data, Mapping) or "rollup" in data:
            return data
        varies = "of" in data or "mean_of" in data
        rollup = "variation" if varies else "ratio_of_sums" if "denominator" in data else "sum"
        return {**data, "rollup": rollup}

    @model_validator(mode="after")
    def _sound(self) -> Self:
        if self.digits < 0 or self.digits > 6:
            raise ValueError("「digits」应在 0 到 6 之间。")
        if self.rollup == "variation":
            self._check_variation()
        else:
            self._check_parts()
        if len(set(self.stages)) < len(self.stages):
            raise ValueError("「stages」里有重复的学段。请删去一个。")
        if self.together:
            self._check_together()
        strange = [alias for alias in self.aliases if alias.stage and alias.stage not in self.rows]
        if strange:
            raise ValueError(f"别名「{strange[0].name}」的学段 {strange[0].stage} 不在「stages」里。")
        return self

    def _check_together(self) -> None:
        if len(self.stages) < 2:
            raise ValueError("「together」要把几个学段合在一起算，「stages」应至少有两个学段。")
        should = _GROUP_STAGES.get(self.together or "")
        if should and should != set(self.stages):
            raise ValueError(f"「together: {self.together}」的「stages」应是 {'、'.join(sorted(should))}。")

    def _check_variation(self) -> None:
        if bool(self.of) == bool(self.mean_of):
            raise ValueError("差异系数应写「of」（哪一个指标）或「mean_of」（哪几个差异系数），且只写其一。")
        if self.numerator or self.denominator or self.plus or self.where:
            raise ValueError("差异系数由「of」的指标而来，不能再写分子、分母和范围。请删去。")
        if self.whole:
            raise ValueError("「whole」只用于比值，不能用于差异系数。请删去。")
        if not self.stages or self.together:
            raise ValueError("差异系数按学段分别计算：请写「stages」，不要写「together」。")

    def _check_parts(self) -> None:
        if self.of or self.mean_of:
            raise ValueError("「of」和「mean_of」只用于差异系数。请删去，或把「rollup」改为 variation。")
        if not self.numerator:
            raise ValueError("缺少「numerator」。请写分子。")
        if self.rollup == "ratio_of_sums" and not self.denominator:
            raise ValueError("「rollup」是 ratio_of_sums，却缺少「denominator」。请写分母，或改为 sum。")
        if self.rollup == "sum" and self.whole:
            raise ValueError("合计本来就要求各行齐全，不必写「whole」。请删去。")
        if self.rollup == "sum" and self.denominator:
            raise ValueError("「rollup」是 sum，却有「denominator」。请删去分母，或改为 ratio_of_sums。")


def _check_period(first: datetime.date | None, last: datetime.date | None) -> None:
    if first and last and last < first:
        raise ValueError(f"失效日期 {last} 早于生效日期 {first}。请改正。")
