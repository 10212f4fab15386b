"""What a lamp does to the values it is sent: gamut, mirek limits, brightness steps."""

from __future__ import annotations

Point = tuple[float, float]

GAMUT_C: tuple[Point, Point, Point] = ((0.6915, 0.3083), (0.17, 0.7), (0.1532, 0.0475))
BRIGHTNESS_STEPS = 254  # what Zigbee carries; the API's percent is rounded to these


def stepped(percent: float) -> float:
    """The brightness that a lamp can really show; never dark."""
    step = max(1, round(percent / 100 * BRIGHTNESS_STEPS))
    return round(step / BRIGHTNESS_STEPS * 100, 2)


def clamped(value: int, low: int, high: int) -> int:
    return max(low, min(high, value))


def into_gamut(point: Point, gamut: tuple[Point, Point, Point] = GAMUT_C) -> Point:
    """The point itself inside the triangle, else the nearest on its edge; 4 decimals."""
    corners = list(gamut)
    sides = list(zip(corners, corners[1:] + corners[:1], strict=True))
    turns = [_cross(a, b, point) for a, b in sides]
    inside = all(t >= 0 for t in turns) or all(t <= 0 for t in turns)
    best = point if inside else _closest(point, [_nearest(a, b, point) for a, b in sides])
    return round(best[0], 4), round(best[1], 4)


def white_point(mirek: int) -> Point:
    """Where that white lies: cubic fit of the Planckian locus, 1667-25000 K (Kim et al. 2002)."""
    kelvin = 1e6 / mirek
    u = 1e3 / kelvin
    if kelvin <= 4000:
        x = -0.2661239 * u**3 - 0.2343589 * u**2 + 0.8776956 * u + 0.179910
    else:
        x = -3.0258469 * u**3 + 2.1070379 * u**2 + 0.2226347 * u + 0.240390
    if kelvin <= 2222:
        y = -1.1063814 * x**3 - 1.34811020 * x**2 + 2.18555832 * x - 0.20219683
    elif kelvin <= 4000:
        y = -0.9549476 * x**3 - 1.37418593 * x**2 + 2.09137015 * x - 0.16748867
    else:
        y = 3.0817580 * x**3 - 5.87338670 * x**2 + 3.75112997 * x - 0.37001483
    return round(x, 4), round(y, 4)


def _cross(a: Point, b: Point, p: Point) -> float:
    return (b[0] - a[0]) * (p[1] - a[1]) - (b[1] - a[1]) * (p[0] - a[0])


def _nearest(a: Point, b: Point, p: Point) -> Point:
    side = (b[0] - a[0], b[1] - a[1])
    along = (p[0] - a[0]) * side[0] + (p[1] - a[1]) * side[1]
    t = max(0.0, min(1.0, along / (side[0] ** 2 + side[1] ** 2)))
    return a[0] + t * side[0], a[1] + t * side[1]


def _closest(point: Point, others: list[Point]) -> Point:
    return min(others, key=lambda o: (o[0] - point[0]) ** 2 + (o[1] - point[1]) ** 2)
