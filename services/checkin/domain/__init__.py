"""The rules of check-in: who is admitted, under which number, and who is called next."""
