"""What every service stands on: settings, database, outbox, inbox, events, requests, metrics, health, log.

The room holds no word of the domain (the "microservice chassis" pattern). `service.py` of a service
meets it through `chassis.service`, `chassis.events`, `chassis.requests` and `chassis.timer`;
handlers meet `chassis.database.Transaction` alone.
"""
