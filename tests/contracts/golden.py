"""The golden files: what each version of each event looks like on the wire, for ever.

`python -m tests.contracts.golden` writes the files that are missing and never changes one that is there.
"""

import json
import sys
from pathlib import Path
from typing import Any

from contracts.documents.examples import EXAMPLES
from contracts.documents.schemas import component_schemas
from contracts.envelope import encode
from contracts.events import EVENT_TYPES, Event

FOLDER = Path(__file__).with_name("golden_files")


def event_file(event_type: type[Event]) -> Path:
    """An example of the present version, in its envelope."""
    return FOLDER / f"{event_type.__name__}.{event_type.schema_version}.json"


def schema_file(event_type: type[Event]) -> Path:
    """The JSON Schema of the present version's data, with all that it refers to."""
    return FOLDER / "schemas" / event_file(event_type).name


def present_event(event_type: type[Event]) -> Any:
    """What the code writes today."""
    return json.loads(encode(EXAMPLES[event_type.__name__]))


def present_schema(event_type: type[Event]) -> Any:
    """What the code accepts today."""
    return component_schemas([event_type])


def main() -> None:
    """Write the missing golden files."""
    for event_type in EVENT_TYPES.values():
        for path, content in (
            (event_file(event_type), present_event(event_type)),
            (schema_file(event_type), present_schema(event_type)),
        ):
            if not path.exists():
                path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n")
                sys.stdout.write(f"written: {path.name}\n")


if __name__ == "__main__":
    main()
