-- Counts and amounts that grow or shrink by more than a factor within a year.
{{ config(severity='warn', store_failures=true, schema='checks') }}

select
    yoy.ref_area_name,
    yoy.indicator,
    yoy.breakdown,
    yoy.year,
    yoy.previous_value,
    yoy.obs_value,
    yoy.winning_observation_id,
    yoy.previous_observation_id
from {{ ref('yoy') }} as yoy
inner join {{ ref('dim_indicator') }} as indicator on yoy.indicator = indicator.indicator
where
    indicator.aggregation = 'sum'
    and yoy.previous_value > 0
    -- a handful may well become two handfuls
    and greatest(yoy.obs_value, yoy.previous_value) >= 20
    and (
        yoy.obs_value > {{ var('jump_factor') }} * yoy.previous_value
        or yoy.previous_value > {{ var('jump_factor') }} * yoy.obs_value
    )
