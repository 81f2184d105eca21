"""Display: the hall boards of every office, as anybody may see them."""
