"""A whole house on loopback that speaks the real wire protocols."""
