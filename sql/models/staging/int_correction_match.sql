-- The claims that each correction is about: the same place, indicator, breakdown, period and kind. It acts on those
-- that have the value it expects, and on all of them where it expects none.
select
    correction.correction_id,
    correction.action,
    correction.value,
    correction.reason,
    mention.observation_id,
    correction.expect is null or coalesce(mention.stated_value = correction.expect, false) as is_expected
from {{ source('raw', 'correction') }} as correction
inner join {{ ref('int_mention') }} as mention
    on correction.ref_area = mention.ref_area
    and correction.indicator = mention.indicator
    and correction.time_period = mention.time_period
    and correction.value_kind = mention.value_kind
    and correction.breakdown = mention.breakdown
where not mention.is_below_commune
