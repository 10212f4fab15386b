"""The tools of the cameras: looking, what happened, the rules of alerts, the cameras themselves."""

from dobby.agent.cameras.tools import CameraTools

__all__ = ["CameraTools"]
