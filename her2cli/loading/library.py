"""The shelves: the shipped YAML, and the user's folder (`HER2_PATHWAYS`) laid over it.

Knowledge lives in `<section>.yaml` or one file an entry in `<section>/<id>.yaml`; every other `*.yaml` is a pathway.
A shelf reads a file when something in it is first asked for, so that a command pays only for what it needs.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from her2cli.errors import DataError, Problem, UnknownName, nearest, shown
from her2cli.files import decode, file_limit
from her2cli.loading.compiled import compiled
from her2cli.loading.entries import File, read_file, trusted_file
from her2cli.loading.folder import Folder

if TYPE_CHECKING:
    from her2cli.loading.folder import Shipped

VARIABLE = "HER2_PATHWAYS"
DEFAULT = "HER2_PATHWAY"  # the pathway to ask where a line names none
ARTICLE, NETWORK = "her2", "erbb"  # what look-ups read, and what computed answers come from
SECTIONS = (
    "receptors",
    "domains",
    "functions",
    "references",
    "claims",
    "drugs",
    "alterations",
    "cell_lines",
    "contexts",
    "reports",
    "agreement",
    "absent",
    "experiments",
)


@dataclass(kw_only=True)
class Library:
    """All YAML that a pathway is read with. Files are read once and kept."""

    shipped: Shipped
    user: Folder | None = None
    with_places: bool = False  # read the YAML itself, so that every entry knows its line
    read: dict[str, File] = field(default_factory=dict)

    @cached_property
    def shipped_names(self) -> dict[str, Shipped]:
        """The shipped files by their name below the folder, such as `drugs/lapatinib.yaml`, sorted."""
        return dict(sorted(_yaml_below(self.shipped)))

    @cached_property
    def user_files(self) -> dict[str, File]:
        """Every file of the user's folder, read: a folder is the user's own order, so no name is taken for granted.

        Raises `DataError` with the problems of all of them.
        """
        if self.user is None:
            return {}
        if not self.user.is_dir():
            raise DataError([Problem("", f"{VARIABLE}='{shown(str(self.user), 200)}' is not a folder.")])
        problems: list[Problem] = []
        found: dict[str, File] = {}
        for name, path in sorted(_yaml_below(self.user)):
            try:
                found[name] = read_file(_text(path, os.path.join(self.user, name)), os.path.join(self.user, name))
            except DataError as error:
                problems.extend(error.problems)
        if problems:
            raise DataError(problems)
        return found

    def shipped_file(self, name: str) -> File:
        """One shipped file, read when it is first asked for."""
        if name not in self.read:
            shown_name, path = f"pathways/{name}", self.shipped_names[name]
            raw = None if self.with_places else compiled(self.shipped, name, path)
            self.read[name] = (
                read_file(_text(path, shown_name), shown_name) if raw is None else trusted_file(raw, shown_name)
            )
        return self.read[name]

    @cached_property
    def pathway_names(self) -> tuple[str, ...]:
        """The names that `--pathway` knows, the default first."""
        own = [str(file.header.get("name", _stem(name))) for name, file in self.user_files.items() if file.is_pathway]
        shipped = [name.removesuffix(".yaml") for name in self.shipped_names if _section_of(name) is None]
        return tuple(dict.fromkeys(sorted([*shipped, *own], key=lambda name: (name != "her2", name))))

    def pathway_file(self, name: str) -> File:
        """The file of a pathway by its name; the user's own goes first. Raises `UnknownName`."""
        for path, file in self.user_files.items():
            if file.is_pathway and name in (file.header.get("name"), _stem(path)):
                return file
        if f"{name}.yaml" in self.shipped_names and _section_of(f"{name}.yaml") is None:
            return self.shipped_file(f"{name}.yaml")
        for shipped in self.shipped_names:
            if _section_of(shipped) is None and name.casefold() in self.shipped_file(shipped).header["aliases"]:
                return self.shipped_file(shipped)
        close, there = nearest(name, self.pathway_names), ", ".join(self.pathway_names)
        found = f" (the folder {shown(name)} is none)" if os.path.isdir(name) else ""
        raise UnknownName("pathway", name, close, f"There are {there}; or name a file{found}.")

    def overrides(self) -> tuple[str, ...]:
        """What the user's folder replaces, one `section.id` each."""
        replaced = []
        for section in SECTIONS:
            shelf = Shelf(self, section)
            own = {key for file in self.user_files.values() for key in file.knowledge.get(section, {})}
            replaced += [f"{section}.{key}" for key in sorted(own) if shelf.shipped_has(key)]
        shipped = {name.removesuffix(".yaml") for name in self.shipped_names if _section_of(name) is None}
        mine = [(path, file) for path, file in self.user_files.items() if file.is_pathway]
        own_pathways = {name for path, file in mine for name in (_stem(path), file.header.get("name"))}
        return tuple(replaced + [f"pathway {name}" for name in sorted(shipped & own_pathways)])

    def content(self) -> Iterator[tuple[str, bytes]]:
        """Every file's name and bytes, in a fixed order: what the hash of a pathway is taken over."""
        for name, path in self.shipped_names.items():
            yield name, path.read_bytes()
        if self.user is not None and self.user.is_dir():
            for name, path in sorted(_yaml_below(self.user)):
                yield f"user/{name}", path.read_bytes()


class Shelf(Mapping[str, Any]):
    """One section of the knowledge, id to entry; *over* holds the entries of the pathway file itself, which win."""

    def __init__(self, library: Library, section: str, over: Mapping[str, Any] | None = None) -> None:
        self.library, self._section = library, section
        self._over = dict(over or {})
        for file in library.user_files.values():
            for key, entry in file.knowledge.get(section, {}).items():
                self._over.setdefault(key, entry)
        self._entries = dict(self._over)  # of what was asked for

    @property
    def own(self) -> Iterable[str]:
        """The ids that are not of a shipped file, or replace one."""
        return self._over

    def shipped_has(self, key: str) -> bool:
        """Whether a shipped file holds *key*; a file of its own is found by name, without reading the others."""
        names = self.library.shipped_names
        if f"{self._section}/{key}.yaml" in names:
            return True
        whole = f"{self._section}.yaml"
        return whole in names and key in self.library.shipped_file(whole).knowledge.get(self._section, {})

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and (key in self._over or self.shipped_has(key))

    def __getitem__(self, key: str) -> Any:
        if key not in self._entries:
            self._entries[key] = self._entry(key)
        return self._entries[key]

    def _entry(self, key: str) -> Any:
        name = f"{self._section}/{key}.yaml"
        if name in self.library.shipped_names:
            return self.library.shipped_file(name).knowledge[self._section][key]
        if self.shipped_has(key):
            return self.library.shipped_file(f"{self._section}.yaml").knowledge[self._section][key]
        raise KeyError(key)

    @cached_property
    def _ids(self) -> tuple[str, ...]:
        names = self.library.shipped_names
        whole = f"{self._section}.yaml"
        shipped: list[str] = []
        if whole in names:
            shipped += self.library.shipped_file(whole).knowledge.get(self._section, {})
        prefix = f"{self._section}/"
        shipped += [name.removeprefix(prefix).removesuffix(".yaml") for name in names if name.startswith(prefix)]
        return tuple(dict.fromkeys([*shipped, *self._over]))

    def __iter__(self) -> Iterator[str]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)


def default_pathway(otherwise: str) -> str:
    """The pathway to ask where none is named: that of the variable `HER2_PATHWAY`, or else *otherwise*."""
    return os.environ.get(DEFAULT, "") or otherwise


def library(*, with_places: bool = False) -> Library:
    """The shipped YAML with the user's folder over it, as the environment says now."""
    package = os.path.dirname(os.path.dirname(os.path.realpath(__file__)))
    # In a checkout, or an editable installation, the folder stands beside the package.
    beside = (Folder(os.path.join(each, "pathways")) for each in (package, os.path.dirname(package)))
    packaged: Shipped | None = next((each for each in beside if each.is_dir()), None)
    if packaged is None:  # a zipped wheel
        from importlib.resources import files  # slow to import

        packaged = files("her2cli").joinpath("pathways")
    user = os.environ.get(VARIABLE, "")
    return Library(shipped=packaged, user=Folder(user) if user else None, with_places=with_places)


def _section_of(name: str) -> str | None:
    section = name.split("/")[0].removesuffix(".yaml")
    return section if section in SECTIONS else None


def _stem(name: str) -> str:
    return os.path.splitext(os.path.basename(name))[0]


def _yaml_below(folder: Shipped) -> Iterator[tuple[str, Shipped]]:
    for item in folder.iterdir():
        if item.name.endswith((".yaml", ".yml")):
            yield item.name, item
        elif item.name in SECTIONS and item.is_dir():
            for inner in item.iterdir():
                if inner.name.endswith((".yaml", ".yml")):
                    yield f"{item.name}/{inner.name}", inner


def _text(path: Shipped, name: str) -> str:
    if isinstance(path, os.PathLike):
        from her2cli.files import read_text

        try:
            return read_text(path)
        except DataError as error:
            raise DataError([Problem(p.where.replace(str(path), name), p.message) for p in error.problems]) from None
    data = path.read_bytes()
    if len(data) > file_limit():
        raise DataError([Problem(name, "is too large.")])
    return decode(data, name)
