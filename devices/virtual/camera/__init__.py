"""Virtual cameras on loopback: real footage through RTSP, motion JPEG and ONVIF."""

from devices.virtual.camera.camera import VirtualCamera
from devices.virtual.camera.clip import BadClip, Clip

__all__ = ["BadClip", "Clip", "VirtualCamera"]
