"""The tests of all rooms, and the servers that they share."""
