"""Booking: who may come to which office, and when."""
