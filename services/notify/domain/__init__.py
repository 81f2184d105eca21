"""The rules of telling people: what, over which channel, until when, and when to try again. No I/O."""
