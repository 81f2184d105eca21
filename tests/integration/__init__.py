"""Tests on real servers and processes."""
