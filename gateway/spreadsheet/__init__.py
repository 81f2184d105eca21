"""Figures as files that spreadsheets open."""
