"""Points on the earth as longitude and latitude in degrees; swapped ones are mended, foreign ones refused.

Chinese web maps publish shifted coordinates: GCJ-02 (some 500 m off WGS-84) and BD-09 (GCJ-02 shifted once more).
A register that names its datum is converted; CGCS2000 equals WGS-84 within centimetres.
"""

import math
import re
from dataclasses import dataclass
from typing import Final

from ontology.errors import InvalidValue
from ontology.values.placeholder import require_text
from ontology.values.value_type import Context, Parsed, ValueType

LONGITUDES: Final = (73.0, 136.0)
LATITUDES: Final = (3.0, 54.0)
"""The box around China with its islands."""

DATUMS: Final = frozenset({"wgs84", "cgcs2000", "gcj02", "bd09"})
_DECIMAL = r"[+-]?[0-9]{1,3}(?:\.[0-9]+)?"
_ANGLE = re.compile(
    r"(?P<front>[NSEWnsew东西南北][经緯经纬]?)?\s*(?P<degrees>[+-]?[0-9]{1,3}(?:\.[0-9]+)?)\s*(?:[°º度˚o](?:\s*C)?"
    r"(?:\s*(?P<minutes>[0-9]{1,2}(?:\.[0-9]+)?)\s*['′’‘分](?:\s*(?P<seconds>[0-9]{1,2}(?:\.[0-9]+)?)\s*(?:[\"″”“秒]|''|′′)?)?)?)?"
    r"\s*(?P<back>[NSEWnsew])?"
)
_PAIR = re.compile(rf"\(?\s*{_DECIMAL}\s*[,;/ 、]\s*{_DECIMAL}\s*\)?")
_TWO_DECIMALS = re.compile(r"([0-9]{1,3}\.[0-9]+),([0-9]{1,3}\.[0-9]+)")
_LABELS = re.compile(
    r"(?:地理)?(?:坐标|经度|纬度|經度|緯度|东经|北纬|東經|北緯|lon(?:gitude)?|lat(?:itude)?|lng)\s*[:=]?", re.IGNORECASE
)
_DMS_SPACED = re.compile(r"([0-9]{1,3})[ .]([0-9]{1,2})[ .]([0-9]{1,2}(?:\.[0-9]+)?)")
_GCJ_A: Final = 6378245.0
_GCJ_EE: Final = 0.00669342162296594323
_BD_PI: Final = math.pi * 3000.0 / 180.0


@dataclass(frozen=True, slots=True)
class Angle:
    """One angle in degrees; `axis` is `lon` or `lat` where the text says so, None otherwise."""

    degrees: float
    axis: str | None
    sexagesimal: bool = False


def _axis(letter: str | None) -> tuple[str | None, int]:
    mark = (letter or "")[:1].upper()
    if mark in ("E", "W", "东", "西"):
        return "lon", -1 if mark in ("W", "西") else 1
    if mark in ("N", "S", "北", "南"):
        return "lat", -1 if mark in ("S", "南") else 1
    return None, 1


def _angle(match: re.Match[str]) -> Angle:
    minutes, seconds = float(match["minutes"] or 0), float(match["seconds"] or 0)
    axis, sign = _axis(match["front"] or match["back"])
    degrees = float(match["degrees"])
    if minutes >= 60 or seconds >= 60:
        raise InvalidValue(f"{match[0]!r} has 60 minutes or more", code="form", text=match[0])
    size = abs(degrees) + minutes / 60 + seconds / 3600
    return Angle(math.copysign(size, degrees) * sign, axis, match["minutes"] is not None)


def _angles(text: str) -> list[Angle]:
    """Return the angles a text holds and nothing else; raises InvalidValue `form`, `projected`."""
    plain = _LABELS.sub(lambda match: {"东": "E", "東": "E", "北": "N"}.get(match[0][:1], " "), text)
    if spaced := [_DMS_SPACED.fullmatch(piece.strip()) for piece in re.split("[,;]", plain)]:
        plain = ",".join(
            f"{match[1]}°{match[2]}′{match[3]}″" if match else piece
            for match, piece in zip(spaced, re.split("[,;]", plain), strict=True)
        )
    matches = [match for match in _ANGLE.finditer(plain) if match[0].strip()]
    leftover = _ANGLE.sub("", plain)
    if re.search(r"[0-9]{4,}", plain.split(".")[0]):
        raise InvalidValue(f"{text!r} is in a projection, not in degrees", code="projected", text=text)
    if leftover.strip(" ,;/()、:|[]") or len(matches) != 2:
        raise InvalidValue(f"{text!r} is not a longitude and a latitude", code="form", text=text)
    return [_angle(match) for match in matches]


def _in_country(longitude: float, latitude: float) -> bool:
    return LONGITUDES[0] <= longitude <= LONGITUDES[1] and LATITUDES[0] <= latitude <= LATITUDES[1]


def _ordered(first: Angle, second: Angle, country: str | None, text: str) -> tuple[float, float, tuple[str, ...]]:
    """Return longitude, latitude and notes; a swapped pair is put right where only one order is possible."""
    if first.axis == "lat" or second.axis == "lon":
        first, second = second, first
    longitude, latitude = first.degrees, second.degrees
    labelled = first.axis is not None or second.axis is not None
    if longitude == 0 and latitude == 0:
        raise InvalidValue(f"{text!r} stands for no place", code="missing", text=text)
    if country is None:
        if abs(latitude) > 90 and abs(longitude) <= 90 and not labelled:
            return latitude, longitude, ("swapped",)
        if abs(latitude) > 90 or abs(longitude) > 180:
            raise InvalidValue(f"{text!r} is no place on earth", code="out-of-range", text=text)
        return longitude, latitude, ()
    if _in_country(longitude, latitude):
        return longitude, latitude, ()
    if _in_country(latitude, longitude):
        return latitude, longitude, ("swapped",)
    code = "out-of-range" if max(abs(longitude), abs(latitude)) > 180 else "out-of-country"
    raise InvalidValue(f"{text!r} lies outside the country", code=code, text=text)


def _gcj_shift(longitude: float, latitude: float) -> tuple[float, float]:
    """Return how far GCJ-02 moves a WGS-84 point, in degrees (the published approximation of the state shift)."""
    x, y = longitude - 105.0, latitude - 35.0
    wave = (20 * math.sin(6 * x * math.pi) + 20 * math.sin(2 * x * math.pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * math.sqrt(abs(x)) + wave
    north += (20 * math.sin(y * math.pi) + 40 * math.sin(y / 3 * math.pi)) * 2 / 3
    north += (160 * math.sin(y / 12 * math.pi) + 320 * math.sin(y * math.pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * math.sqrt(abs(x)) + wave
    east += (20 * math.sin(x * math.pi) + 40 * math.sin(x / 3 * math.pi)) * 2 / 3
    east += (150 * math.sin(x / 12 * math.pi) + 300 * math.sin(x / 30 * math.pi)) * 2 / 3
    radians = latitude / 180 * math.pi
    magic = 1 - _GCJ_EE * math.sin(radians) ** 2
    shift_north = north * 180 / ((_GCJ_A * (1 - _GCJ_EE)) / (magic * math.sqrt(magic)) * math.pi)
    shift_east = east * 180 / (_GCJ_A / math.sqrt(magic) * math.cos(radians) * math.pi)
    return shift_east, shift_north


def wgs84_to_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the GCJ-02 degrees of a WGS-84 point."""
    east, north = _gcj_shift(longitude, latitude)
    return longitude + east, latitude + north


def gcj02_to_wgs84(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the WGS-84 degrees of a GCJ-02 point; three rounds of inversion leave less than a centimetre."""
    guess = (longitude, latitude)
    for _ in range(3):
        east, north = _gcj_shift(*guess)
        guess = (longitude - east, latitude - north)
    return guess


def bd09_to_gcj02(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the GCJ-02 degrees of a BD-09 point (within about 0.2 m)."""
    x, y = longitude - 0.0065, latitude - 0.006
    radius = math.hypot(x, y) - 0.00002 * math.sin(y * _BD_PI)
    angle = math.atan2(y, x) - 0.000003 * math.cos(x * _BD_PI)
    return radius * math.cos(angle), radius * math.sin(angle)


def gcj02_to_bd09(longitude: float, latitude: float) -> tuple[float, float]:
    """Return the BD-09 degrees of a GCJ-02 point."""
    radius = math.hypot(longitude, latitude) + 0.00002 * math.sin(latitude * _BD_PI)
    angle = math.atan2(latitude, longitude) + 0.000003 * math.cos(longitude * _BD_PI)
    return radius * math.cos(angle) + 0.0065, radius * math.sin(angle) + 0.006


def _to_wgs84(longitude: float, latitude: float, datum: str | None) -> tuple[float, float, tuple[str, ...]]:
    name = (datum or "wgs84").casefold().replace("-", "").replace("_", "")
    if name not in DATUMS:
        raise InvalidValue(f"there is no datum {datum!r}", code="datum", text=str(datum))
    if name == "bd09":
        return *gcj02_to_wgs84(*bd09_to_gcj02(longitude, latitude)), ("from-bd09",)
    if name == "gcj02":
        return *gcj02_to_wgs84(longitude, latitude), ("from-gcj02",)
    return longitude, latitude, ()


def is_coordinate(text: str) -> bool:
    """Tell whether a text (of a name field, say) is nothing but a pair of coordinates."""
    return _PAIR.fullmatch(text) is not None and not text.replace("/", "").isdigit() and "." in text


def parse_coordinate(text: str, context: Context) -> Parsed:
    """Return `longitude,latitude` in WGS-84 degrees, six decimals (0.1 m).

    Parts: `longitude`, `latitude`, `source_datum` (where it was converted).

    Columns are joined with a comma, longitude first. Reads decimal degrees and degrees, minutes, seconds. Notes:
    `swapped`, `from-gcj02`, `from-bd09`, `sexagesimal`. Raises InvalidValue: `missing` (also 0,0), `form`, `projected`,
    `out-of-country`, `out-of-range`, `datum`.
    """
    if decimal := _TWO_DECIMALS.fullmatch(text):
        first, second = Angle(float(decimal[1]), None), Angle(float(decimal[2]), None)
    else:
        first, second = _angles(require_text(text, "coordinate"))
    longitude, latitude, notes = _ordered(first, second, context.country, text)
    longitude, latitude, converted = _to_wgs84(longitude, latitude, context.datum)
    if first.sexagesimal or second.sexagesimal:
        notes = (*notes, "sexagesimal")
    east, north = f"{round(longitude, 6):.10g}", f"{round(latitude, 6):.10g}"
    parts = [("longitude", east), ("latitude", north)]
    if converted:
        parts.append(("source_datum", str(context.datum)))
    return Parsed(f"{east},{north}", notes=(*notes, *converted), parts=tuple(parts))


COORDINATE = ValueType("coordinate", parse_coordinate)
