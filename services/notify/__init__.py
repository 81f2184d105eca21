"""Tells people by WhatsApp and e-mail what happens to their booking and their ticket."""
