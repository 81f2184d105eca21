"""Booking's rules, without a database."""
