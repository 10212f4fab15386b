"""The tools of the cameras: looking, what happened, the rules of alerts, the cameras themselves."""

from dobby.agent.eyes.tools import Eyes

__all__ = ["Eyes"]
