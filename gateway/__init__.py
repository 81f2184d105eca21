"""The one door: HTTP API, streams and pages in front of the services.

The gateway owns no rules and no database. It checks who asks and in what form, puts the question to
exactly one service over the broker, and says the answer in HTTP.
"""
