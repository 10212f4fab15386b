"""GStreamer's RTSP server with one file; run by the system's Python, which has GStreamer.

``/usr/bin/python3 gst_rtsp.py FILE [USER PASSWORD]`` serves ``rtsp://127.0.0.1:PORT/cam`` from
the file's beginning to its end, prints ``ready PORT``, and goes on until it is stopped.
"""

from __future__ import annotations

import sys

import gi

gi.require_version("Gst", "1.0")
gi.require_version("GstRtsp", "1.0")
gi.require_version("GstRtspServer", "1.0")
from gi.repository import GLib, Gst, GstRtsp, GstRtspServer  # noqa: E402

ROLE = "viewer"
PIPELINE = (
    '( filesrc location="{}" ! qtdemux ! h264parse config-interval=-1 '
    "! rtph264pay name=pay0 pt=96 )"
)


def serve(path: str, user: str = "", password: str = "") -> None:
    server = GstRtspServer.RTSPServer(address="127.0.0.1", service="0")
    factory = GstRtspServer.RTSPMediaFactory(launch=PIPELINE.format(path), shared=True)
    if user:
        guard(server, factory, user, password)
    server.get_mount_points().add_factory("/cam", factory)
    server.attach(None)
    print("ready", server.get_bound_port(), flush=True)  # noqa: T201
    GLib.MainLoop().run()


def guard(
    server: GstRtspServer.RTSPServer,
    factory: GstRtspServer.RTSPMediaFactory,
    user: str,
    password: str,
) -> None:
    """Let in that user alone, by digest."""
    token = GstRtspServer.RTSPToken()
    token.set_string(GstRtspServer.RTSP_TOKEN_MEDIA_FACTORY_ROLE, ROLE)
    auth = GstRtspServer.RTSPAuth()
    auth.set_supported_methods(GstRtsp.RTSPAuthMethod.DIGEST)
    auth.add_digest(user, password, token)
    server.set_auth(auth)
    rights = f"{ROLE}, media.factory.access=true, media.factory.construct=true"
    factory.add_role_from_structure(Gst.Structure.from_string(rights)[0])


if __name__ == "__main__":
    Gst.init(None)
    serve(*sys.argv[1:])
