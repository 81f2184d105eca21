"""The rules of display: what a hall sees on its board."""
