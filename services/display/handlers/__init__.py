"""The use cases of display: (transaction, event or query) -> boards and answers."""
