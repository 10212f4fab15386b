"""Who lives here and who may come in."""
