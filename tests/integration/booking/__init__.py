"""Booking's use cases on a real PostgreSQL."""
