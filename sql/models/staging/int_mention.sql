-- First mentions of levels and shares, with the value in the indicator's own unit where the two units agree.
select
    observation.observation_id,
    observation.article_id,
    observation.ref_area,
    observation.sub_area <> '' as is_below_commune,
    observation.indicator,
    indicator.indicator is not null and observation.indicator <> 'other' as is_in_catalogue,
    observation.breakdown,
    observation.year,
    -- what gathers within the year, told up to a day before its end, is a part of the year and no state of it
    if(
        observation.period_kind = 'as_of'
        and flow.indicator is not null
        and observation.time_end <> make_date(observation.year, 12, 31),
        'part_year',
        observation.period_kind
    ) as period_kind,
    observation.time_period,
    observation.time_start,
    observation.time_end,
    observation.value_kind,
    observation.comparator,
    observation.numerator,
    observation.denominator,
    observation.confidence,
    case
        when observation.unit_measure = indicator.unit_measure then observation.obs_value
        when observation.unit_measure = 'permille' and indicator.unit_measure = 'percent'
            then (observation.obs_value / 10)::decimal(38, 6)
        when observation.unit_measure = 'percent' and indicator.unit_measure = 'permille'
            then (observation.obs_value * 10)::decimal(38, 6)
    end as stated_value,
    indicator.unit_measure
from {{ ref('fct_observation') }} as observation
left join {{ ref('dim_indicator') }} as indicator on observation.indicator = indicator.indicator
left join {{ ref('flow_indicator') }} as flow on observation.indicator = flow.indicator
where observation.mention_no = 1 and observation.measure in ('level', 'share')
