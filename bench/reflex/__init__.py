"""How well the reflex brain understands: ``python -m bench.reflex``."""
