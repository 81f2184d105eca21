"""The command `antrean` and its subcommands."""

import click


@click.group()
def main() -> None:
    """Run and look after Antrean."""
