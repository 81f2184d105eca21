"""Read a plan from a YAML file, and say of every mistake in which line and field it is.

Only what a plan needs of YAML is read: texts, whole numbers, true, false, null, lists and maps. So
`08.00` is no number, `13:00` is no 780 and `no` is no false; a field that is told twice is a mistake,
and so is an alias, which could make a short file endless.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml

from contracts.schema import Fault, InvalidMessage, load

T = TypeVar("T")

DUPLICATE_FIELD = "duplicate_field"
NOT_YAML = "not_yaml"
ALIAS = "alias"

MOST_LEVELS = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Mistake:
    """One thing that is wrong with a file, and the `limits` it broke; `field` is a path: `hours/0/opens`."""

    file: Path
    line: int
    field: str
    code: str
    limits: tuple[int, ...] = ()


class FileInvalid(Exception):
    """A file is not what it should be; `mistakes` has every one, in order of their lines."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes = sorted(mistakes, key=lambda mistake: (mistake.line, mistake.field))
        super().__init__(f"{len(self.mistakes)} mistakes")


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFile:
    """The plain data of a file, and the line in which each field stands (by JSON pointer)."""

    path: Path
    data: object
    lines: dict[str, int]

    def understood_as(self, contract: type[T]) -> T:
        """Build what the file is to be. Raises FileInvalid."""
        try:
            return load(contract, self.data)
        except InvalidMessage as invalid:
            raise self.invalid(invalid.faults) from invalid

    def invalid(self, faults: tuple[Fault, ...]) -> FileInvalid:
        """Say of faults in which lines they are; one of a field that is missing is where it should be."""
        return FileInvalid([self._mistake(fault) for fault in faults])

    def _mistake(self, fault: Fault) -> Mistake:
        pointer = fault.pointer
        while pointer and pointer not in self.lines:
            pointer = pointer.rpartition("/")[0]
        return Mistake(
            file=self.path,
            line=self.lines.get(pointer, 1),
            field=fault.pointer.removeprefix("/"),
            code=fault.code,
            limits=fault.limits,
        )


def read_plan_file(path: Path) -> PlanFile:
    """Read a file's data with its lines. Raises FileInvalid."""
    return read_plan_text(path.read_bytes(), path)


def read_plan_text(text: bytes, path: Path) -> PlanFile:
    """Read what is written in a file, or is to be, with its lines. Raises FileInvalid."""
    try:
        node = _PlanLoader(text).get_single_node()
    except yaml.MarkedYAMLError as fault:
        mark = fault.problem_mark or fault.context_mark
        line = 1 if mark is None else mark.line + 1
        code = ALIAS if isinstance(fault, _AliasFound) else NOT_YAML
        raise FileInvalid([Mistake(file=path, line=line, field="", code=code)]) from fault
    except yaml.YAMLError as fault:
        raise FileInvalid([Mistake(file=path, line=1, field="", code=NOT_YAML)]) from fault
    reader = _Reader(path)
    data = {} if node is None else reader.plain(node, "")
    if reader.mistakes:
        raise FileInvalid(reader.mistakes)
    return PlanFile(path=path, data=data, lines=reader.lines)


class _AliasFound(yaml.MarkedYAMLError):
    """An alias, where every value has to be written out."""


class _PlanLoader(yaml.SafeLoader):
    """Composes nodes whose plain scalars are texts, whole numbers, true, false or null."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012  PyYAML's own declaration

    depth = 0

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:
        """Compose the next node; an alias, and what is nested beyond reason, is refused where it stands."""
        mark = self.peek_event().start_mark  # type: ignore[no-untyped-call]  # half typed
        if self.check_event(yaml.AliasEvent):
            raise _AliasFound(problem="alias", problem_mark=mark)
        if self.depth == MOST_LEVELS:
            raise yaml.MarkedYAMLError(problem="nested too deep", problem_mark=mark)
        self.depth += 1
        node = super().compose_node(parent, index)
        self.depth -= 1
        return node


class _Reader:
    """Turns nodes into plain data, and remembers where each stood."""

    def __init__(self, path: Path) -> None:
        self.lines: dict[str, int] = {}
        self.mistakes: list[Mistake] = []
        self._path = path

    def plain(self, node: yaml.Node, pointer: str) -> object:
        self.lines.setdefault(pointer, node.start_mark.line + 1)
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, pointer)
        if isinstance(node, yaml.SequenceNode):
            return [self.plain(item, f"{pointer}/{at}") for at, item in enumerate(node.value)]
        return _scalar(node)

    def _mapping(self, node: yaml.MappingNode, pointer: str) -> dict[str, object]:
        read: dict[str, object] = {}
        for key, value in node.value:
            name = str(key.value)
            inner = f"{pointer}/{name}"
            line = key.start_mark.line + 1
            if name in read:
                self.mistakes.append(
                    Mistake(file=self._path, line=line, field=inner.removeprefix("/"), code=DUPLICATE_FIELD)
                )
            self.lines[inner] = line
            read[name] = self.plain(value, inner)
        return read


def _scalar(node: yaml.Node) -> object:
    match node.tag:
        case "tag:yaml.org,2002:int":
            return int(node.value)
        case "tag:yaml.org,2002:bool":
            return node.value == "true"
        case "tag:yaml.org,2002:null":
            return None
    return node.value


for _tag, _form, _first in (
    ("bool", r"true|false", [*"tf"]),
    ("int", r"-?(?:0|[1-9][0-9]{0,17})", [*"-0123456789"]),
    ("null", r"null|~|", ["n", "~", ""]),
):
    _PlanLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(rf"(?:{_form})\Z"), _first)
