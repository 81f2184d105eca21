"""Alembic's entry into notify's database."""

from chassis.migrate import run_environment
from services.notify.store import metadata

run_environment(metadata)
