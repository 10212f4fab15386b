"""One message, one effect, one reply: taken in, answered, and kept."""
