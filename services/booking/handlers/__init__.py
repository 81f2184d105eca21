"""The use cases of booking: each takes a transaction and a request, and returns its result or refuses."""
