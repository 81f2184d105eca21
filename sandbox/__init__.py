"""The providers that we do not own, on this machine: WhatsApp's Cloud API and a mail server.

They speak the real wire protocols and show what they took on a phone page. Started by
`python -m sandbox`; for trying things out and for tests, never for production.
"""
