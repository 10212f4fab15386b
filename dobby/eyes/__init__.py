"""The process that sees: streams, motion, a detector, tracks. It speaks to the daemon over HTTP,
from the same machine or from another (``docs/vision.md``)."""
