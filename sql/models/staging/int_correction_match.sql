-- The observations that each correction is about.
select
    correction.correction_id,
    correction.action,
    correction.expect,
    observation.observation_id,
    observation.obs_value
from {{ source('raw', 'correction') }} as correction
inner join {{ ref('fct_observation') }} as observation
    on correction.ref_area = observation.ref_area
    and correction.indicator = observation.indicator
    and correction.time_period = observation.time_period
    and correction.value_kind = observation.value_kind
    and correction.breakdown = observation.breakdown
where
    observation.mention_no = 1 and observation.sub_area = '' and observation.measure in ('level', 'share')
    -- `drop` with an `expect` takes out the claims with that value and leaves the others
    and (correction.action <> 'drop' or correction.expect is null or correction.expect = observation.obs_value)
