"""One command per question; each prints a table."""
