"""Private servers for one machine: PostgreSQL and RabbitMQ on 127.0.0.1, as root or not."""
