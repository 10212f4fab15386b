"""Sentences about cameras and alerts, offline: every word understood, or the sentence is not."""

from dobby.agent.reflex.eyes.marks import english as vocabulary
from dobby.agent.reflex.eyes.placing import answer_to_where
from dobby.agent.reflex.eyes.reader import answer_to_which, elsewhere, read

__all__ = ["answer_to_where", "answer_to_which", "elsewhere", "read", "vocabulary"]
