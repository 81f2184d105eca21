"""Hypothesis on a shared machine: an example may take its time, and a failure says how to repeat it."""

from hypothesis import settings

settings.register_profile("antrean", deadline=None, print_blob=True)
settings.load_profile("antrean")
