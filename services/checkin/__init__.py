"""Check-in: admits tickets at an office, numbers them, and calls them to counters."""
