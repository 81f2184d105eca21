"""The conventions of the code as functions: a folder in, a sentence for each breach out."""

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOMS = ("contracts", "chassis", "services", "gateway", "cli", "sandbox")
LONGEST_MODULE = 300
LONGEST_FUNCTION = 45
VAGUE = {"util", "utils", "common", "helper", "helpers", "manager", "managers", "misc", "base_utils", "lib"}
PARTS_OF_A_SERVICE = (
    "README.md",
    "domain",
    "handlers",
    "store",
    "service.py",
    "settings.py",
    "errors.py",
    "migrations",
)
CLOCKS = {"datetime.now", "datetime.utcnow", "datetime.today", "date.today", "time.time", "time.monotonic"}
DICE = {"random", "secrets", "uuid", "uuid_utils"}


def services(root: Path) -> list[Path]:
    """The folder of every service."""
    return sorted(path.parent for path in root.glob("services/*/service.py"))


def service_shape(root: Path) -> Iterator[str]:
    """Every service has the same parts; handlers and store are a module or a folder."""
    for folder in sorted(
        path for path in root.glob("services/*") if path.is_dir() and path.name != "__pycache__"
    ):
        for part in PARTS_OF_A_SERVICE:
            if not (folder / part).exists() and not (folder / f"{part}.py").exists():
                yield f"services/{folder.name} has no {part}"


def too_long(root: Path) -> Iterator[str]:
    """A module is one concern, a function one thought."""
    for path in modules(root):
        text = path.read_text()
        lines = text.count("\n")
        if lines > LONGEST_MODULE:
            yield f"{path.relative_to(root)} has {lines} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    yield f"{path.relative_to(root)}: {node.name} has {length} lines"


def vague_names(root: Path) -> Iterator[str]:
    """A file is named for its one concern."""
    for path in modules(root):
        for word in (path.stem, path.parent.name):
            if word in VAGUE:
                yield f"{path.relative_to(root)}: {word} says nothing"


def impure_domain(root: Path) -> Iterator[str]:
    """The domain imports the standard library, contracts, its own domain and errors; nothing else."""
    for folder in services(root):
        own = f"services.{folder.name}"
        for path in sorted((folder / "domain").rglob("*.py")):
            for name in imports(path):
                top = name.split(".")[0]
                ours = name.startswith((f"{own}.domain", f"{own}.errors")) or top == "contracts"
                if not ours and top not in sys.stdlib_module_names:
                    yield f"{path.relative_to(root)} imports {name}"


def clocks_in_domain(root: Path) -> Iterator[str]:
    """Time and chance are parameters of the domain, so every rule can be tested at any hour."""
    for folder in services(root):
        for path in sorted((folder / "domain").rglob("*.py")):
            for node in ast.walk(ast.parse(path.read_text())):
                if isinstance(node, ast.Call) and _asks_the_world(called := ast.unparse(node.func)):
                    yield f"{path.relative_to(root)}:{node.lineno} calls {called}()"


def _asks_the_world(called: str) -> bool:
    return called in CLOCKS or called.split(".", 1)[0] in DICE


def unemitted(root: Path, producers: dict[str, str]) -> Iterator[str]:
    """Every event is made somewhere in the service that the contract names as its producer."""
    for event, producer in producers.items():
        folder = root / "services" / producer
        if not any(
            event in names(path) for path in sorted(folder.rglob("*.py")) if path.name != "service.py"
        ):
            yield f"services/{producer} never makes {event}"


def unanswered(root: Path, owners: dict[str, str]) -> Iterator[str]:
    """Every request is answered by an entrypoint of the service that the contract names, and is asked."""
    asked = {name for path in sorted((root / "gateway").rglob("*.py")) for name in names(path)}
    for request, service in owners.items():
        if request not in decorated_with(root / "services" / service, "answers", "answers_batch"):
            yield f"services/{service} does not answer {request}"
        if request not in asked:
            yield f"the gateway never asks {request}"


def handled(root: Path, service: str) -> set[str]:
    """The events that a service's entrypoints take."""
    return decorated_with(root / "services" / service, "handles", "handles_batch")


def followed(root: Path) -> set[str]:
    """The events that the gateway follows: the keys of the table of its handlers."""
    return {
        ast.unparse(key)
        for node in ast.walk(ast.parse((root / "gateway" / "server.py").read_text()))
        if isinstance(node, ast.AnnAssign) and ast.unparse(node.target) == "handlers"
        if isinstance(node.value, ast.Dict)
        for key in node.value.keys
        if key is not None
    }


def unmentioned(root: Path, words: dict[str, set[str]]) -> Iterator[str]:
    """A service's README names every event that goes in or out."""
    for service, events in words.items():
        text = (root / "services" / service / "README.md").read_text()
        for event in sorted(events):
            if not re.search(rf"\b{event}\b", text):
                yield f"services/{service}/README.md does not mention {event}"


def modules(root: Path) -> list[Path]:
    """Every Python file of ours that a person wrote; migrations are written once and never again."""
    found = (path for room in (*ROOMS, "tests", "bench", "deploy") for path in (root / room).rglob("*.py"))
    return sorted(path for path in found if "versions" not in path.parts and "vendor" not in path.parts)


def imports(path: Path) -> Iterator[str]:
    """The dotted name of every import in a module."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def names(path: Path) -> set[str]:
    """Every name that a module uses outside its imports."""
    tree = ast.parse(path.read_text())
    return {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} | {
        node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)
    }


def decorated_with(service: Path, *decorators: str) -> set[str]:
    """The types that the entrypoints of a service are decorated with, as in `@answers(ScanTicket)`.

    They stand in `service.py` and in the modules beside it that are parts of it.
    """
    nodes = (node for path in sorted(service.glob("*.py")) for node in ast.walk(ast.parse(path.read_text())))
    return {
        ast.unparse(argument)
        for node in nodes
        if isinstance(node, ast.FunctionDef)
        for call in node.decorator_list
        if isinstance(call, ast.Call) and ast.unparse(call.func) in decorators
        for argument in call.args
    }


def lint_imports(root: Path, cache: Path) -> subprocess.CompletedProcess[str]:
    """Run import-linter over a tree that has our configuration."""
    program = Path(sys.executable).parent / "lint-imports"
    return subprocess.run(
        [str(program), "--cache-dir", str(cache)],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
        env={"PYTHONPATH": str(root), "PATH": "/usr/bin:/bin", "COLUMNS": "200"},
    )
