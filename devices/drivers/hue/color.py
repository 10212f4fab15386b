"""Hue and saturation to a lamp's chromaticity and back.

The lamp's own gamut is taken as the colour space: its corners are pure red, green and blue, and
D65 is white. So 100 % saturation is the most that the lamp can do, every colour that can be said
can be shown, and the way back gives what was said.
"""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

Point = tuple[float, float]
Vector = tuple[float, float, float]

D65: Point = (0.3127, 0.3290)
SRGB_KNEE = 0.0031308  # IEC 61966-2-1


@dataclass(frozen=True)
class Gamut:
    red: Point
    green: Point
    blue: Point

    def xy(self, hue: float, saturation: float) -> Point:
        """Chromaticity of a hue (degrees) and saturation (percent)."""
        encoded = colorsys.hsv_to_rgb((hue % 360) / 360, saturation / 100, 1.0)
        linear = [_linear(part) for part in encoded]
        primaries = self._primaries()
        x, y, z = (
            sum(p[axis] * part for p, part in zip(primaries, linear, strict=True))
            for axis in range(3)
        )
        return round(x / (x + y + z), 4), round(y / (x + y + z), 4)

    def hue_saturation(self, point: Point) -> tuple[float, float]:
        """Hue in degrees and saturation in percent of a chromaticity; outside, the nearest."""
        if point[1] <= 0:  # some bridges report 0, 0 until a colour was first set
            return 0.0, 0.0
        linear = [max(0.0, part) for part in _solve(self._primaries(), _xyz(point))]
        brightest = max(linear) or 1.0
        encoded = [_encoded(part / brightest) for part in linear]
        hue, saturation, _ = colorsys.rgb_to_hsv(*encoded)
        return round(hue * 360, 1) % 360, round(saturation * 100, 1)

    def _primaries(self) -> tuple[Vector, Vector, Vector]:
        """XYZ of the three corners, scaled so that together they are white."""
        corners = (_xyz(self.red), _xyz(self.green), _xyz(self.blue))
        scales = _solve(corners, _xyz(D65))
        red, green, blue = (_times(c, s) for c, s in zip(corners, scales, strict=True))
        return red, green, blue


GAMUT_C = Gamut(red=(0.6915, 0.3083), green=(0.17, 0.7), blue=(0.1532, 0.0475))


def _xyz(point: Point) -> Vector:
    x, y = point
    return x / y, 1.0, (1 - x - y) / y


def _times(vector: Vector, scale: float) -> Vector:
    return vector[0] * scale, vector[1] * scale, vector[2] * scale


def _solve(columns: tuple[Vector, Vector, Vector], wanted: Vector) -> Vector:
    """The weights of three columns that add up to a vector (Cramer's rule)."""
    a, b, c = columns
    whole = _determinant(a, b, c)
    return (
        _determinant(wanted, b, c) / whole,
        _determinant(a, wanted, c) / whole,
        _determinant(a, b, wanted) / whole,
    )


def _determinant(a: Vector, b: Vector, c: Vector) -> float:
    return (
        a[0] * (b[1] * c[2] - b[2] * c[1])
        - b[0] * (a[1] * c[2] - a[2] * c[1])
        + c[0] * (a[1] * b[2] - a[2] * b[1])
    )


def _linear(part: float) -> float:
    return part / 12.92 if part <= SRGB_KNEE * 12.92 else ((part + 0.055) / 1.055) ** 2.4


def _encoded(part: float) -> float:
    return part * 12.92 if part <= SRGB_KNEE else 1.055 * part ** (1 / 2.4) - 0.055
