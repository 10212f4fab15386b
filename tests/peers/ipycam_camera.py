"""PyPI's ipycam as an ONVIF camera on loopback: ``ipycam_camera.py USER PASSWORD``.

Prints ``ready PORT UUID``, and goes on until it is stopped. It knows PTZ, and no events.
"""

from __future__ import annotations

import sys
from http.server import ThreadingHTTPServer
from types import SimpleNamespace

from ipycam import CameraConfig, IPCameraHTTPHandler, ONVIFService, PTZController

user, password = sys.argv[1:]
server = ThreadingHTTPServer(("127.0.0.1", 0), IPCameraHTTPHandler)
config = CameraConfig(
    name="Porch", local_ip="127.0.0.1", onvif_port=server.server_port,
    username=user, password=password,
)  # fmt: skip
onvif = ONVIFService(config, PTZController(1920, 1080, 4.0))
IPCameraHTTPHandler.camera = SimpleNamespace(onvif=onvif, config=config)
print("ready", server.server_port, onvif.device_uuid, flush=True)  # noqa: T201
server.serve_forever()
