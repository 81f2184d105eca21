"""Write the derived documents: `python -m contracts.documents [--check]`."""

import argparse
import sys
import tomllib
from pathlib import Path

import yaml

from contracts.documents.asyncapi import asyncapi
from contracts.documents.catalogue import catalogue

PROJECT = Path(__file__).parents[2]


def documents() -> dict[Path, str]:
    """Return the text of every derived document, by its path."""
    version = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["version"]
    heading = "# Written by `make docs` from contracts/; `make test` fails when it is stale.\n"
    body = yaml.safe_dump(asyncapi(version), sort_keys=False, allow_unicode=True, width=110)
    return {
        PROJECT / "docs" / "events.md": catalogue(),
        PROJECT / "docs" / "asyncapi.yaml": heading + body,
    }


def stale() -> list[Path]:
    """Return the documents that do not say what the contracts say now."""
    return [path for path, text in documents().items() if not path.exists() or path.read_text() != text]


def main() -> int:
    """Write what is stale; with `--check` name it and fail."""
    parser = argparse.ArgumentParser(prog="python -m contracts.documents", description=main.__doc__)
    parser.add_argument("--check", action="store_true", help="change nothing; exit 1 when one is stale")
    only_check = parser.parse_args().check
    wanted = documents()
    behind = stale()
    for path in behind:
        if not only_check:
            path.write_text(wanted[path])
        sys.stdout.write(f"{'stale' if only_check else 'written'}: {path.relative_to(PROJECT)}\n")
    return int(only_check and bool(behind))


if __name__ == "__main__":
    sys.exit(main())
