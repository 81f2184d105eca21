"""Notify's rules and texts, without a server."""
