"""A small country: one province with one city of three communes, before and after 1 July 2025."""

from datetime import date

import pyarrow as pa

from civic_etl.warehouse.reference import BRIDGE_SCHEMA, UNIT_SCHEMA, Gazetteer

START, REFORM, ALWAYS = date(2004, 8, 31), date(2025, 7, 1), date(9999, 12, 31)
CITY = date(2015, 3, 12)

_TAIL = "thành phố Bắc Kạn, tỉnh Bắc Kạn"
_UNITS = [
    ("1-06-20040831", "06", 1, "Tỉnh", "Bắc Kạn", "tỉnh Bắc Kạn", None, "06", START, REFORM),
    ("1-19-20250701", "19", 1, "Tỉnh", "Thái Nguyên", "tỉnh Thái Nguyên", None, "19", REFORM, ALWAYS),
    ("2-058-20040831", "058", 2, "Thị xã", "Bắc Kạn", "thị xã Bắc Kạn, tỉnh Bắc Kạn", "06", "06", START, CITY),
    ("2-058-20150312", "058", 2, "Thành phố", "Bắc Kạn", _TAIL, "06", "06", CITY, REFORM),
    ("3-01840-20040831", "01840", 3, "Phường", "Đức Xuân", f"phường Đức Xuân, {_TAIL}", "058", "06", START, REFORM),
    ("3-01837-20040831", "01837", 3, "Phường", "Sông Cầu", f"phường Sông Cầu, {_TAIL}", "058", "06", START, REFORM),
    ("3-01846-20040831", "01846", 3, "Xã", "Huyền Tụng", f"xã Huyền Tụng, {_TAIL}", "058", "06", START, CITY),
    ("3-01846-20150312", "01846", 3, "Phường", "Huyền Tụng", f"phường Huyền Tụng, {_TAIL}", "058", "06", CITY, REFORM),
    (
        "3-01840-20250701",
        "01840",
        3,
        "Phường",
        "Đức Xuân",
        "phường Đức Xuân, tỉnh Thái Nguyên",
        "19",
        "19",
        REFORM,
        ALWAYS,
    ),
    (
        "3-01843-20250701",
        "01843",
        3,
        "Phường",
        "Bắc Kạn",
        "phường Bắc Kạn, tỉnh Thái Nguyên",
        "19",
        "19",
        REFORM,
        ALWAYS,
    ),
]
_BRIDGE = [
    ("2-058-20040831", "2-058-20150312", CITY, "retype", 1.0, 1.0, 1.0, "whole", "892/NQ-UBTVQH13"),
    ("3-01846-20040831", "3-01846-20150312", CITY, "retype", 1.0, 1.0, 1.0, "whole", "892/NQ-UBTVQH13"),
    # two wards whole and a part of the third
    ("3-01840-20040831", "3-01840-20250701", REFORM, "whole", 1.0, 1.0, 1.0, "whole", "1683/NQ-UBTVQH15"),
    ("3-01846-20150312", "3-01840-20250701", REFORM, "whole", 1.0, 1.0, 1.0, "whole", "1683/NQ-UBTVQH15"),
    ("3-01837-20040831", "3-01843-20250701", REFORM, "part", 0.4, 0.7, 0.5, "communes", "1683/NQ-UBTVQH15"),
]


def small_country() -> Gazetteer:
    """The units and their succession as the warehouse takes them."""
    units = [
        {
            "unit_id": unit_id,
            "code": code,
            "level": level,
            "type": kind,
            "name": f"{kind} {core}",
            "core_name": core,
            "full_name": full,
            "parent_code": parent,
            "province_code": province,
            "valid_from": first,
            "valid_to": until,
            "end_reason": None,
        }
        for unit_id, code, level, kind, core, full, parent, province, first, until in _UNITS
    ]
    bridge = [dict(zip(BRIDGE_SCHEMA.names, edge, strict=True)) for edge in _BRIDGE]
    return Gazetteer(pa.Table.from_pylist(units, UNIT_SCHEMA), pa.Table.from_pylist(bridge, BRIDGE_SCHEMA))
