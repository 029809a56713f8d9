-- The target for a year against the result of that year.
with targets as (
    select
        *,
        -- who set the plan is said of the target alone
        json_merge_patch(breakdown, '{"plan": null}')::varchar as result_breakdown
    from {{ ref('int_figure') }}
    where value_class = 'target' and period_kind <> 'part_year'
),

results as (
    select *
    from {{ ref('int_figure') }}
    where value_class = 'result' and period_kind <> 'part_year'
)

select
    targets.ref_area,
    unit.full_name as ref_area_name,
    unit.level,
    targets.indicator,
    targets.breakdown,
    targets.year,
    targets.unit_measure,
    targets.obs_value as target_value,
    targets.comparator as target_comparator,
    targets.published_date as target_published_date,
    results.obs_value as actual_value,
    results.value_kind as actual_value_kind,
    results.comparator as actual_comparator,
    indicator.higher_is_better,
    case
        when results.obs_value is null then null
        when indicator.higher_is_better and targets.comparator = 'gt' then results.obs_value > targets.obs_value
        when indicator.higher_is_better then results.obs_value >= targets.obs_value
        when not indicator.higher_is_better and targets.comparator = 'lt' then results.obs_value < targets.obs_value
        when not indicator.higher_is_better then results.obs_value <= targets.obs_value
    end as is_attained,
    results.obs_value - targets.obs_value as gap,
    if(targets.obs_value = 0, null, 100 * results.obs_value::double / targets.obs_value::double)::decimal(18, 4)
        as actual_of_target_pct,
    targets.observation_id as target_observation_id,
    results.observation_id as actual_observation_id
from targets
left join results
    on targets.ref_area = results.ref_area
    and targets.indicator = results.indicator
    and targets.result_breakdown = results.breakdown
    and targets.year = results.year
inner join {{ ref('dim_admin_unit') }} as unit on targets.ref_area = unit.unit_id
inner join {{ ref('dim_indicator') }} as indicator on targets.indicator = indicator.indicator
order by targets.ref_area, targets.indicator, targets.breakdown, targets.year
