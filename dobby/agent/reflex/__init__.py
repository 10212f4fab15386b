"""Dobby's offline understanding of English: free, deterministic, and silent where unsure."""

from dobby.agent.reflex.brain import Reflex

__all__ = ["Reflex"]
