"""The gateway's side of RabbitMQ: one connection, requests to the services, changes from them."""
