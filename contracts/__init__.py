"""The words that the services say to each other: events, requests, refusals and tokens.

Frozen dataclasses are the one source; the marshmallow schemas, the OpenAPI and AsyncAPI documents
and the event catalogue are derived from them. This room imports nothing else of the project.
"""
