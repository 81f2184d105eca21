"""`python -m cli` is `antrean`, where the command itself is not installed: in the container image."""

from cli.main import main

if __name__ == "__main__":
    main()
