"""The process that serves: what it is made of, and the work it keeps going."""
