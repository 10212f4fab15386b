"""A model's server: the client, what its answers cost, and what it reads of memory."""
