"""Checks a year of a workspace, beside the year and the version before."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from jiaoheng.census import Census, Store, checking
from jiaoheng.census.changes import Register
from jiaoheng.census.checking import Finding
from jiaoheng.census.lineage import lineage
from jiaoheng.measures import rules
from jiaoheng.packs import Catalogue


@dataclass(frozen=True)
class Checked:
    """What the checks found in a snapshot, the worst first."""

    census: Census
    findings: tuple[Finding, ...]

    @property
    def to_mend(self) -> tuple[Finding, ...]:
        """The findings of logic: no explanation will do."""
        return tuple(finding for finding in self.findings if finding.must_be_mended)

    @property
    def to_explain(self) -> tuple[Finding, ...]:
        """The findings of experience that nobody has explained yet."""
        return tuple(finding for finding in self.findings if not finding.must_be_mended and finding.open)

    @property
    def explained(self) -> tuple[Finding, ...]:
        """The findings of experience that were explained."""
        return tuple(finding for finding in self.findings if not finding.open)

    @property
    def summary(self) -> str:
        """One sentence that counts them."""
        if not self.findings:
            return "没有发现问题；没有填报的数据项无从校验。"
        explained = f"（其中 {len(self.explained)} 处已说明）" if self.explained else ""
        experience = len(self.findings) - len(self.to_mend)
        return f"逻辑校验 {len(self.to_mend)} 处须改正，经验校验 {experience} 处须核实或说明{explained}。"


def check(folder: Path, store: Store, catalogue: Catalogue, register: Register, census: Census) -> Checked:
    """Hold a snapshot to the rules of its year, beside the year and the version before."""
    year = census.year
    years = store.years()
    last = store.snapshot(year - 1) if year - 1 in years else None
    versions = [number for number in store.versions(year) if number < census.version]
    before = store.snapshot(year, versions[-1]) if versions else None
    homes = _homes(register, year) if last is not None else {}
    findings = checking.check(
        census,
        rules.in_force(catalogue, year),
        last=last,
        before=before,
        homes=homes,
        renamed=_renamed(register, year),
    )
    return Checked(census, checking.explained(findings, checking.load(folder, year)))


def _renamed(register: Register, year: int) -> frozenset[str]:
    """The schools whose change of that year is registered, under this year's code."""
    changes = register.between(year - 1, year)
    return frozenset(code for change in changes for code in change.codes_after)


def _homes(register: Register, year: int) -> dict[str, str | None]:
    """Where each school of the year before goes on, if as a whole; None where it closed or was split."""
    homes: dict[str, str | None] = {}
    for before, after, share in lineage(register, year - 1, year).iter_rows():
        if before is not None:
            homes[before] = after if share == 1.0 else None
    return homes
