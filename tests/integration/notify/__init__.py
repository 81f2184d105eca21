"""Notify against a real PostgreSQL, a real RabbitMQ and the sandbox's providers."""
