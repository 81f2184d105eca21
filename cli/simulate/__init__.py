"""A morning at an office, played through the public API: people come, kiosk and counters work."""
