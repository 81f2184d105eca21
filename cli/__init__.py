"""The command `antrean`: everything a person types on one machine."""
