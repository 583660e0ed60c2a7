"""Ways to break a standard or a score card: each says what it does, to what, and where it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from shipped_standards import Data, Shipped, shipped, text

Entry = dict[str, Any]
Place = tuple[str | int, ...]
Harm = Callable[[Entry, Data], None]


@dataclass(frozen=True)
class Damage:
    """Something done to entries of one section.

    Attributes
    ----------
    to : which entries it can be done to.
    harm : does it, in place.
    key : the key that the message must point at, or somewhere in; None for the entry.
    says : words of the message.
    """

    name: str
    section: str
    to: Callable[[Entry], bool]
    harm: Harm
    key: str | None
    says: str


@dataclass(frozen=True)
class Broken:
    """A broken pack: its text, the lines on which a message may point, and words of it."""

    name: str
    base: str
    text: str
    lines: range
    says: str


def put(key: str, value: Any) -> Harm:
    """Give a key another value."""

    def harm(entry: Entry, data: Data) -> None:
        entry[key] = value

    return harm


def drop(key: str) -> Harm:
    """Leave a key out."""

    def harm(entry: Entry, data: Data) -> None:
        del entry[key]

    return harm


def rename(key: str, wrong: str) -> Harm:
    """Misspell a key, in its place."""

    def harm(entry: Entry, data: Data) -> None:
        pairs = [(wrong if name == key else name, value) for name, value in entry.items()]
        entry.clear()
        entry.update(pairs)

    return harm


def inside(key: str, place: int | str, harm: Harm) -> Harm:
    """Harm what stands under a key."""

    def deeper(entry: Entry, data: Data) -> None:
        harm(entry[key][place], data)

    return deeper


def twice(section: str) -> Harm:
    """Write the entry a second time, at the end."""

    def harm(entry: Entry, data: Data) -> None:
        data[section].append(dict(entry))

    return harm


def both(*harms: Harm) -> Harm:
    """One after the other."""

    def harm(entry: Entry, data: Data) -> None:
        for each in harms:
            each(entry, data)

    return harm


def has(*keys: str) -> Callable[[Entry], bool]:
    """Entries that have these keys."""
    return lambda entry: all(key in entry for key in keys)


def anything(entry: Entry) -> bool:
    """Every entry."""
    return True


def by_stage(entry: Entry) -> bool:
    """Items with a threshold for each stage."""
    return isinstance(entry.get("value"), dict)


def of_number(entry: Entry) -> bool:
    """Items with one threshold for all stages."""
    return isinstance(entry.get("value"), int | float)


def higher(entry: Entry) -> bool:
    """Items of which more is better, with a number to reach."""
    return entry.get("op") in (">=", ">") and "value" in entry


def broken_packs(damages: tuple[Damage, ...], *, each: int) -> Iterator[Broken]:
    """Every damage done to a few entries, as far apart as may be; one pack for each."""
    for damage in damages:
        found = [
            (pack, place)
            for pack in shipped()
            for place, entry in enumerate(pack.data.get(damage.section, []))
            if damage.to(entry)
        ]
        step = max(1, len(found) // each)
        for pack, place in found[::step][:each]:
            yield _broken(damage, pack, place)


def _broken(damage: Damage, pack: Shipped, place: int) -> Broken:
    data = pack.copy()
    entry = data[damage.section][place]
    damage.harm(entry, data)
    broken = text(data)
    # What was written a second time is found where it stands the second time.
    again = len(data[damage.section]) > len(pack.data[damage.section])
    lines = _lines(broken, damage.section, len(data[damage.section]) - 1 if again else place)
    if damage.key is not None:
        lines = _of_key(broken.splitlines(), lines, damage.key)
    name = f"{damage.section}-{damage.name}-{pack.data[damage.section][place]['id']}"
    return Broken(name, pack.base, broken, lines, damage.says)


def _lines(broken: str, section: str, place: int) -> range:
    """The lines of an entry, found by its dash and not by what the loader thinks."""
    lines = broken.splitlines()
    first = lines.index(f"{section}:")
    end = next(
        (at for at, line in enumerate(lines) if at > first and line and line[0] not in " -"), len(lines)
    )
    dashes = [at for at in range(first + 1, end) if lines[at].startswith("- ")]
    last = dashes[place + 1] if place + 1 < len(dashes) else end
    return range(dashes[place] + 1, last + 1)


def _of_key(lines: list[str], block: range, key: str) -> range:
    """The lines of a key inside an entry: its own, and those that are further in."""
    heads = [at for at in block if lines[at - 1][2:].startswith(f"{key}:")]
    assert heads, key
    last = next((at for at in block if at > heads[0] and lines[at - 1][2:3].strip(" -")), block[-1] + 1)
    return range(heads[0], last)
