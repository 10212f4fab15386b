"""What is decided without a camera: addresses, JPEGs' headers, profiles, motion, views."""

from __future__ import annotations

import struct
from types import SimpleNamespace
from typing import Any

import pytest

from devices.device import Refused
from devices.drivers.cameras import address, jpeg
from devices.drivers.cameras.address import Credentials
from devices.drivers.cameras.channels import Profile, channels_of
from devices.drivers.cameras.motion import Movement, news_of
from devices.drivers.cameras.turning import views_of
from tests.peers.cameras import footage, with_size


class TestAddresses:
    @pytest.mark.parametrize(
        ("url", "bare", "credentials"),
        [
            ("rtsp://10.0.0.9/s", "rtsp://10.0.0.9/s", None),
            (" RTSP://CAM.local:554/s#x ", "rtsp://cam.local/s", None),
            ("http://10.0.0.9:8080/a?b=c", "http://10.0.0.9:8080/a?b=c", None),
            ("rtsp://a:b@10.0.0.9/s", "rtsp://10.0.0.9/s", Credentials("a", "b")),
            ("rtsp://a:p%40s:s@10.0.0.9/s", "rtsp://10.0.0.9/s", Credentials("a", "p@s:s")),
            ("rtsp://a:p@ss@10.0.0.9/s", "rtsp://10.0.0.9/s", Credentials("a", "p@ss")),
            ("https://a@[fe80::1]:444/s", "https://[fe80::1]:444/s", Credentials("a", "")),
        ],
    )
    def test_credentials_are_taken_out(self, url: str, bare: str, credentials) -> None:
        assert address.parse(url) == (bare, credentials)

    def test_and_put_in_again(self) -> None:
        whole = address.with_credentials("rtsp://10.0.0.9/s", Credentials("a b", "p@s:s/é"))
        assert whole == "rtsp://a%20b:p%40s%3As%2F%C3%A9@10.0.0.9/s"
        assert address.parse(whole) == ("rtsp://10.0.0.9/s", Credentials("a b", "p@s:s/é"))

    @pytest.mark.parametrize(
        ("said", "meant"),
        [
            ("admin:hunter2", ("admin", "hunter2")),
            ("admin hunter2", ("admin", "hunter2")),
            (" admin:a b:c ", ("admin", "a b:c")),
            ("admin:", ("admin", "")),
        ],
    )
    def test_credentials_as_they_are_said(self, said: str, meant: tuple[str, str]) -> None:
        assert Credentials.told(said) == Credentials(*meant)

    @pytest.mark.parametrize("said", ["", "admin", ":hunter2", " "])
    def test_half_of_them_is_not_enough(self, said: str) -> None:
        with pytest.raises(ValueError, match="user"):
            Credentials.told(said)

    def test_a_password_changes_no_name(self) -> None:
        one = address.stable_id("rtsp://10.0.0.9/user=admin_password=x_channel=1.sdp")
        same = address.stable_id("rtsp://10.0.0.9/user=admin_password=y_channel=1.sdp")
        other = address.stable_id("rtsp://10.0.0.9/user=admin_password=x_channel=2.sdp")
        assert one == same != other

    @pytest.mark.parametrize(
        ("told", "there"),
        [
            ("rtsp://10.0.0.9:8554/s", "rtsp://10.0.0.9:8554/s"),
            ("rtsp://a:b@192.168.1.1/s", "rtsp://10.0.0.9/s"),
            ("http://evil.example:81/s?t=1", "http://10.0.0.9:81/s?t=1"),
            ("file:///etc/passwd", ""),
            ("concat:x", ""),
            ("", ""),
            ("rtsp://10.0.0.9:x/s", ""),
            ("rtsp://10.0.0.9/\r\nx", ""),
        ],
    )
    def test_what_a_camera_tells_is_at_the_camera(self, told: str, there: str) -> None:
        assert address.at_host(told, "10.0.0.9") == there


class TestJpegs:
    def test_size_of_a_real_one(self) -> None:
        assert jpeg.size(footage("darknet_dog.jpg").read_bytes()) == (768, 576)

    @pytest.mark.parametrize("size", [(20_000, 20_000), (65_535, 1_000), (0, 100), (100, 0)])
    def test_a_bomb_is_refused_by_its_header(self, size: tuple[int, int]) -> None:
        with pytest.raises(Refused):
            jpeg.checked(with_size(footage("darknet_dog.jpg").read_bytes(), *size), "Porch")

    @pytest.mark.parametrize(
        "data",
        [
            b"", b"\xff\xd8", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n" + bytes(100), b"GIF89a",
            b"\xff\xd8\xff\xe0\x00\x00" + bytes(50), b"\xff\xd8\xff\xe0\xff\xff",
            b"\xff\xd8" + b"\xff" * 5000, b"\xff\xd8\xff\xc0\x00\x11\x08", b"\xff\xd8\xff\xd9",
        ],
    )  # fmt: skip
    def test_what_is_none(self, data: bytes) -> None:
        assert jpeg.size(data) is None
        assert jpeg.first(data) is None

    def test_the_first_of_a_stream_though_it_comes_in_pieces(self) -> None:
        picture = footage("darknet_dog.jpg").read_bytes()
        thumbnail = b"\xff\xe1" + struct.pack(">H", len(SMALL) + 2) + SMALL
        picture = picture[:2] + thumbnail + picture[2:]
        stream = b"--x\r\nContent-Type: image/jpeg\r\n\r\n" + picture + b"\r\n--x\r\n" + picture
        assert jpeg.first(stream) == picture
        whole = len(stream) - len(picture) - len(b"\r\n--x\r\n")
        assert [n for n in range(0, whole, 997) if jpeg.first(stream[:n])] == []


SMALL = b"\xff\xd8\xff\xda\x00\x02\x12\x34\xff\xd9"  # as cameras put into their pictures


class TestProfiles:
    def test_the_largest_to_show_and_the_smallest_that_is_enough(self) -> None:
        sizes = {"m": (1920, 1080), "l": (2560, 1440), "s": (640, 360), "t": (352, 288),
                 "xs": (160, 90), "none": (0, 0)}  # fmt: skip
        (channel,) = channels_of([Profile(name, "lens", *size) for name, size in sizes.items()])
        assert channel.main.token == "l"
        assert channel.sub is not None
        assert channel.sub.token == "t"
        assert channel.motor is None

    def test_one_profile_has_no_small_stream(self) -> None:
        (channel,) = channels_of([Profile("only", "lens", 1920, 1080)])
        assert channel.sub is None

    def test_none_at_all(self) -> None:
        assert channels_of([]) == []


def notification(topic: str, name: str, value: str, source: str = "lens") -> Any:
    def items(**told: str) -> Any:
        return SimpleNamespace(
            SimpleItem=[SimpleNamespace(Name=n, Value=v) for n, v in told.items()]
        )

    message = SimpleNamespace(Source=items(Source=source), Data=items(**{name: value}))
    return SimpleNamespace(
        Topic=SimpleNamespace(_value_1=topic), Message=SimpleNamespace(_value_1=message)
    )


class TestMotion:
    @pytest.mark.parametrize(
        ("topic", "name", "value", "moves"),
        [
            ("tns1:RuleEngine/CellMotionDetector/Motion", "IsMotion", "true", True),
            ("tns1:VideoSource/MotionAlarm", "State", "false", False),
            ("tns1:RuleEngine/MotionRegionDetector/Motion", "State", "1", True),
            ("tns1:VideoAnalytics/tnsaxis:MotionDetection", "motion", "0", False),
            ("tns1:Device/Trigger/DigitalInput", "LogicalState", "true", None),
            ("tns1:VideoSource/MotionAlarm", "State", "maybe", None),
            ("tns1:VideoSource/MotionAlarm", "Level", "true", None),
        ],
    )
    def test_what_is_told_of_it(self, topic: str, name: str, value: str, moves) -> None:
        news = list(news_of([notification(topic, name, value)]))
        assert [n.moves for n in news] == ([] if moves is None else [moves])

    def test_half_a_message_is_passed_over(self) -> None:
        whole = notification("tns1:VideoSource/MotionAlarm", "State", "true")
        broken = SimpleNamespace(Topic=None, Message=None)
        assert len(list(news_of([broken, whole, SimpleNamespace()]))) == 1

    def test_something_moves_while_any_detector_sees_it(self) -> None:
        movement = Movement()
        assert movement.seen("lens") is None
        told = [("Cell", "true", True), ("Region", "true", True), ("Cell", "false", True),
                ("Region", "false", False)]  # fmt: skip
        for detector, value, seen in told:
            topic = f"tns1:RuleEngine/{detector}Motion"
            (news,) = news_of([notification(topic, "State", value)])
            movement.take("lens", news)
            assert movement.seen("lens") is seen


def test_views_are_named_apart_and_those_without_a_name_are_numbered() -> None:
    def preset(token: str, name: str | None) -> Any:
        return SimpleNamespace(token=token, Name=name, PTZPosition=None)

    told = [preset("1", "Door"), preset("2", "Door"), preset("3", None), preset("", "Nowhere"),
            preset("4", "A\n\u202eb" + "x" * 200)]  # fmt: skip
    names = [view.name for view in views_of(told)]
    assert names[:3] == ["Door", "Door (2)", "View 3"]
    assert len(names) == 4
    assert len(names[3]) <= 64
    assert "\u202e" not in names[3]
