"""`antrean doctor`: whether each part is healthy, and what to do when it is not."""
