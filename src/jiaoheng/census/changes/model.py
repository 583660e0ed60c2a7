"""The register's entries: what became of a school, and who says so."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from jiaoheng.terms import ChangeKind

_SHARES_ADD_UP = 1e-6


class _Model(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Party(_Model):
    """A school on one side of a change.

    ``share`` is the part of the old school's pupils that went to this one, where a school was split and the
    part is known.
    """

    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z_-]{2,23}$")]
    name: str = ""
    share: Annotated[float, Field(gt=0, le=1)] | None = None


class Change(_Model):
    """One entry: the schools of the year before, and what they are from ``year`` on.

    ``distinct`` says that two codes are not the same school, though they look like it; it changes nothing.
    """

    year: Annotated[int, Field(ge=1949, le=2100)]
    kind: ChangeKind
    before: Annotated[tuple[Party, ...], Field(alias="from")] = ()
    after: Annotated[tuple[Party, ...], Field(alias="to")] = ()
    confirmed_by: Annotated[str, Field(min_length=1)]
    confirmed_on: date
    note: str = ""
    evidence: str = ""

    @model_validator(mode="after")
    def _has_the_shape_of_its_kind(self) -> Self:
        for side in (self.before, self.after):
            codes = [party.code for party in side]
            if len(set(codes)) < len(codes):
                raise ValueError("同一侧的标识码重复。请删去重复的。")
        said = _WANTED[self.kind]
        if not _fits(self):
            raise ValueError(f"「{self.kind.label}」应写明{said}。请改正 from、to 或 kind。")
        shares = [party.share for party in (*self.before, *self.after) if party.share is not None]
        if shares and (self.kind != ChangeKind.SPLIT or len(shares) < len(self.after)):
            raise ValueError("「share」只用于拆分，且 to 的每一所都要写。请补齐或删去。")
        if shares and abs(sum(shares) - 1) > _SHARES_ADD_UP:
            raise ValueError(f"各校「share」之和是 {sum(shares):g}，应是 1。请改正。")
        return self

    @property
    def codes_before(self) -> tuple[str, ...]:
        """The codes of the year before."""
        return tuple(party.code for party in self.before)

    @property
    def codes_after(self) -> tuple[str, ...]:
        """The codes from ``year`` on."""
        return tuple(party.code for party in self.after)

    def says_the_same(self, other: Change) -> bool:
        """Whether both say the same of the same schools, whoever confirmed it and when."""
        return (self.year, self.kind, self._sides()) == (other.year, other.kind, other._sides())

    def _sides(self) -> tuple[object, ...]:
        renamed = self.kind == ChangeKind.RENAMED
        return (
            frozenset(self.codes_before),
            frozenset((party.code, party.share, party.name if renamed else "") for party in self.after),
        )


_WANTED = {
    ChangeKind.RENAMED: "同一个标识码的旧名和新名",
    ChangeKind.RECODED: "一个旧标识码和一个新标识码",
    ChangeKind.MERGED: "两个以上的旧标识码和一个新标识码",
    ChangeKind.SPLIT: "一个旧标识码和两个以上的新标识码",
    ChangeKind.OPENED: "一个新标识码，没有旧标识码",
    ChangeKind.CLOSED: "一个旧标识码，没有新标识码",
    ChangeKind.DISTINCT: "一个旧标识码和一个新标识码",
}


def _fits(change: Change) -> bool:
    old, new = len(change.before), len(change.after)
    same = change.codes_before == change.codes_after
    match change.kind:
        case ChangeKind.RENAMED:
            return old == new == 1 and same and bool(change.after[0].name)
        case ChangeKind.MERGED:
            return old > 1 and new == 1
        case ChangeKind.SPLIT:
            return old == 1 and new > 1
        case ChangeKind.OPENED:
            return (old, new) == (0, 1)
        case ChangeKind.CLOSED:
            return (old, new) == (1, 0)
        case _:
            return old == new == 1 and not same


__all__ = ["Change", "Party"]
