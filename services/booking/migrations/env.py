"""Alembic's entry: migrate booking's database."""

from chassis.migrate import run_environment
from services.booking.store import metadata

run_environment(metadata)
