"""What the house knows of now: who is at home, and what stands open."""
