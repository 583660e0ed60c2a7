"""Whatever a user can name has a page: commands and their options, checks, measures, forms, settings."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel
from typer.main import get_command

from jiaoheng import measures, packs
from jiaoheng.census import readers
from jiaoheng.cli.app import application
from jiaoheng.measures.columns import all_columns
from jiaoheng.plans.auditing import CHECKS
from jiaoheng.workspace.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"


def page(name: str) -> str:
    return (REFERENCE / name).read_text("utf-8")


def commands(name: str, command: object) -> Iterator[tuple[str, object]]:
    children = getattr(command, "commands", None)
    if not children:
        yield name, command
    for child, sub in (children or {}).items():
        yield from commands(f"{name} {child}", sub)


def settings(model: type[BaseModel], prefix: str = "") -> Iterator[str]:
    for name, field in model.model_fields.items():
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel):
            yield from settings(field.annotation, f"{prefix}{name}.")
        else:
            yield prefix + name


def test_every_command_has_a_section() -> None:
    known = set(re.findall(r"^## (.+)$", page("commands.md"), re.MULTILINE))
    assert {name for name, _ in commands("jiaoheng", get_command(application()))} == known


def test_every_measure_has_a_row() -> None:
    known = set(re.findall(r"^\| `(\w+)` \|", page("measures.md"), re.MULTILINE))
    assert set(measures.catalogue().measures) == known


def test_every_check_has_a_row() -> None:
    known = re.findall(r"^\| `(\w+)` \| [^|]+ \| (?:逻辑|经验)校验 \|", page("checks.md"), re.MULTILINE)
    assert sorted(measures.catalogue().checks) == sorted(known)


def test_every_check_of_plans_has_a_row() -> None:
    known = re.findall(r"^\| `(\w+)` \|", page("plan-checks.md"), re.MULTILINE)
    assert sorted(check.id for check in CHECKS) == sorted(known)


def test_every_standard_has_a_section_and_every_item_and_exception_a_row() -> None:
    rules = packs.load([*packs.builtin_paths(), *packs.optional_paths()], columns=all_columns())
    sections = re.findall(r"^`([a-z0-9-]+)` · ", page("standards.md"), re.MULTILINE)
    assert sorted(sections) == sorted(one.replace("_", "-") for one in rules.standards)
    named = set(re.findall(r"`(\w+)`", page("standards.md")))
    exceptions = {one.id for item in rules.items.values() for one in item.exemptions}
    assert named >= rules.items.keys() | exceptions
    assert named >= {rule.id for standard in rules.standards.values() for rule in standard.rules}
    for entry in (*rules.items.values(), *rules.standards.values()):
        assert not entry.unverified or entry.unverified in page("standards.md"), entry.id


def test_every_seat_warning_has_a_section_that_says_what_is_not_verified() -> None:
    rules = measures.catalogue().seat_warnings
    assert set(re.findall(r"^`(\w+)` · ", page("seat-warnings.md"), re.MULTILINE)) == set(rules)
    for rule in rules.values():
        assert all(doubt in page("seat-warnings.md") for doubt in rule.document.unverified), rule.id
        assert f"| `{rule.cases[0].colour}` |" in page("seat-warnings.md")


def test_every_setting_has_a_row() -> None:
    known = set(re.findall(r"^\| `([\w.]+)` \|", page("settings.md"), re.MULTILINE))
    read = {
        name
        for path in (ROOT / "src").rglob("*.py")
        for name in re.findall(r"environ(?:\.get\(|\.setdefault\(|\[)\"(\w+)\"", path.read_text("utf-8"))
    }
    assert {*settings(Settings), *read} == known


def test_every_official_form_has_a_section_that_says_what_is_not_verified() -> None:
    sections = set(re.findall(r"^`--form ([\w-]+)`", page("forms.md"), re.MULTILINE))
    assert {layout.id for layout in readers.form_layouts()} == sections
    for layout in readers.form_layouts():
        assert f"\n## {layout.layout.label}\n" in page("forms.md")
        assert all(doubt in page("forms.md") for doubt in layout.layout.unverified)


def test_every_other_layout_is_named_where_its_files_are_explained() -> None:
    guide = (ROOT / "docs" / "guides" / "your-own-files.md").read_text("utf-8")
    others = {layout.id for layout in readers.layouts()} - {layout.id for layout in readers.form_layouts()}
    assert others
    assert {layout for layout in others if f"`{layout}`" not in guide} == set()


def test_every_option_of_a_command_has_a_row_in_its_section() -> None:
    sections = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", page("commands.md"), re.MULTILINE | re.DOTALL))
    for name, command in commands("jiaoheng", get_command(application())):
        for parameter in command.params:  # type: ignore[attr-defined]
            written = parameter.opts[0] if parameter.opts[0].startswith("--") else parameter.metavar
            assert written == "--help" or f"| `{written.strip('{}.[]')}` |" in sections[name], (name, written)
