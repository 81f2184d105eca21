"""The documents that are derived from the contracts: the event catalogue and the AsyncAPI document.

`python -m contracts.documents` writes them to `docs/`; with `--check` it only says whether they are
stale.
"""
