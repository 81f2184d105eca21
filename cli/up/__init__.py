"""Everything on one machine with one command: servers, databases, keys, services, gateway, sandbox."""
