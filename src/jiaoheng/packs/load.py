"""Reads packs: from YAML files to a catalogue in which everything has been proved to fit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from jiaoheng.packs.catalogue import Catalogue, assemble
from jiaoheng.packs.census_check import Check
from jiaoheng.packs.check_proofs import check_problems
from jiaoheng.packs.checks import document_problems, entry_problems, surviving, version_problems
from jiaoheng.packs.grains import Columns
from jiaoheng.packs.models import Document, Entry
from jiaoheng.packs.pack import Pack
from jiaoheng.packs.problems import Problem
from jiaoheng.packs.score_checks import score_card_problems
from jiaoheng.packs.standard_checks import standard_problems
from jiaoheng.packs.yaml_lines import Located, PackError, build, read

DATA = Path(__file__).parent / "data"


def builtin_paths() -> tuple[Path, ...]:
    """The packs that come with Jiaoheng, in the order of their names; those of checks last."""
    return (*sorted(DATA.glob("*.yaml")), *sorted((DATA / "checks").glob("*.yaml")))


def optional_paths() -> tuple[Path, ...]:
    """Packs of single places that come along as examples: they hold where a county adds them to its own."""
    return tuple(sorted((DATA / "optional").glob("*.yaml")))


def load(paths: Iterable[Path], *, columns: Columns, drafts: Sequence[Located] = ()) -> Catalogue:
    """Read packs and prove them.

    Parameters
    ----------
    paths : iterable of Path
        One file for each official document.
    columns : Mapping[str, Mapping[str, Type]]
        The columns of each census table and their types: ``number``, ``text`` or ``boolean``.
    drafts : sequence of Located
        The contents of packs that are no files yet, proved with the others.

    Returns
    -------
    Catalogue
        With the newest version of each entry; `Catalogue.on` gives those of a day.

    Raises
    ------
    PackError
        With every fault of every file, a line for each: ``file:line: what, how to mend``.
    """
    packs, faults = _read_all(paths, drafts)
    if faults:
        raise PackError("\n".join(faults))
    places = _Places()
    for located, pack in packs:
        places.add(located, pack)
    documents = [pack.document for _, pack in packs]
    entries = [entry for _, pack in packs for _, section in _sections(pack) for entry in section]
    problems = [*document_problems(documents), *version_problems(entries)]
    kept = surviving(entries)
    catalogue = assemble(documents, kept, columns=columns)
    # Every version is proved beside what is in force when it begins.
    for day in sorted({entry.starts for entry in kept}):
        problems += entry_problems(catalogue.on(day))
    # Checks read nearly everything: they are proved when one begins, and beside what holds in the end.
    begins = {entry.starts for entry in kept if isinstance(entry, Check)}
    if not problems:
        for rules in (*(catalogue.on(day) for day in sorted(begins)), catalogue):
            problems += check_problems(rules)
    if not problems:
        problems += standard_problems(catalogue)
        problems += score_card_problems(catalogue)
    if problems:
        raise PackError("\n".join(places.messages(problems)))
    return catalogue


def _read_all(
    paths: Iterable[Path], drafts: Sequence[Located]
) -> tuple[list[tuple[Located, Pack]], list[str]]:
    packs: list[tuple[Located, Pack]] = []
    faults: list[str] = []
    sources: tuple[Path | Located, ...] = (*paths, *drafts)
    for each in sources:
        try:
            located = each if isinstance(each, Located) else read(each)
            packs.append((located, build(Pack, located)))
        except PackError as error:
            faults.append(str(error))
    return packs, faults


def _sections(pack: Pack) -> tuple[tuple[str, Sequence[Entry]], ...]:
    """The lists of a pack, by their keys."""
    return (
        ("parameters", pack.parameters),
        ("facts", pack.facts),
        ("measures", pack.measures),
        ("checks", pack.checks),
        ("standards", pack.standards),
        ("items", pack.items),
        ("score_cards", pack.score_cards),
        ("score_items", pack.score_items),
        ("seat_warnings", pack.seat_warnings),
    )


class _Places:
    """Where each document and entry stands, so that problems can point at the line."""

    def __init__(self) -> None:
        self._places: dict[int, tuple[int, Located, tuple[str | int, ...]]] = {}

    def add(self, located: Located, pack: Pack) -> None:
        number = len({place[0] for place in self._places.values()})
        self._places[id(pack.document)] = (number, located, ("document",))
        for section, entries in _sections(pack):
            for index, entry in enumerate(entries):
                self._places[id(entry)] = (number, located, (section, index))
                line = located.line((section, index, "id"))
                entry.bind(pack.document, f"{located.path.name}:{line}")

    def messages(self, problems: Iterable[Problem]) -> list[str]:
        """One line for each problem, in the order of files and lines; the same problem is said once."""
        found = set()
        for problem in problems:
            number, located, location = self._place(problem.of)
            where = (*location, *problem.key.split("."))
            found.add((number, located.line(where), located.message(where, problem.text)))
        return [message for _, _, message in sorted(found)]

    def _place(self, of: Entry | Document) -> tuple[int, Located, tuple[str | int, ...]]:
        return self._places[id(of)]
