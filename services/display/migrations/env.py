"""Alembic's entry: migrate display's database."""

from chassis.migrate import run_environment
from services.display.store import metadata

run_environment(metadata)
