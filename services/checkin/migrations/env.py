"""Alembic's entry: migrate check-in's database."""

from chassis.migrate import run_environment
from services.checkin.store import metadata

run_environment(metadata)
