"""What holds the units that a figure counts: districts lie in none, communes in no commune, villages in no village."""

from civic_etl.extract.patterns import patterns
from civic_etl.extract.place_reference import PlaceReference
from civic_etl.extract.reading import Draft
from civic_etl.extract.records import RefArea

_COMMUNE_KINDS = ("xã ", "phường ", "thị trấn ", "đặc khu ")
_PART_KIND, _MERGED_SINCE = (patterns("places.yaml")[key] for key in ("part_kind", "merged_since"))
_DISTRICT, _COMMUNE, _GROUP = "district", "commune", "residential_group"
# the means of a district's communes
_OF_COMMUNES = frozenset({"ntm_criteria_average"})


def holder(reference: PlaceReference, place: tuple[RefArea, str], draft: Draft, folded: str) -> tuple[RefArea, str]:
    """The place of a figure, or what lies around it where it counts units of the place's own kind.

    ("Thôn Đông đạt chuẩn, nâng tổng số lên 7/10 thôn", "lễ ra mắt tại xã A, một trong 14 xã"; but "3/3 xã trước sáp
    nhập đạt chuẩn" are those that the place was made of)
    """
    area, part = place
    if draft.unit == _DISTRICT and ", " in area.name:
        return reference.outermost(area), ""
    if draft.unit == _GROUP and part:
        kind = _PART_KIND.match(part.lower())
        return (area, "") if kind is not None and draft.quantity.noun.lower().startswith(kind[0]) else place
    if _MERGED_SINCE.match(folded, draft.quantity.end) is not None:
        return place
    if (draft.unit == _COMMUNE or draft.code in _OF_COMMUNES) and area.name.startswith(_COMMUNE_KINDS):
        around = reference.around(area)
        return (around, "") if around.name else place
    return place
