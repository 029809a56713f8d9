-- The target for a year against the result of that year.
--
-- Which target: the last one set in the year before; else the first set within the year; else the last set earlier (a
-- five-year plan); else one that a later article recalls. A correction of the target holds here too.
with targets as (
    select
        *,
        -- who set the plan is said of the target alone
        json_merge_patch(breakdown, '{"plan": null}')::varchar as result_breakdown,
        case
            when published_date is null then 'undated'
            when year(published_date) = year - 1 then 'the year before'
            when year(published_date) = year then 'within the year'
            when year(published_date) < year then 'earlier'
            else 'afterwards'
        end as target_set
    from {{ ref('int_claim') }}
    where value_class = 'target' and period_kind <> 'part_year' and excluded_because is null
    qualify row_number() over (
        partition by ref_area, indicator, breakdown, year
        order by
            list_position(['the year before', 'within the year', 'earlier', 'afterwards', 'undated'], target_set),
            -- the first within the year or recalled afterwards, else the last
            if(
                target_set in ('within the year', 'afterwards'),
                published_date - date '1900-01-01',
                date '1900-01-01' - published_date
            ),
            site_distance,
            confidence desc,
            observation_id
    ) = 1
),

-- a figure of record that differs is a plan that was changed on the way
plans as (
    select
        ref_area,
        indicator,
        breakdown,
        year,
        obs_value
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
    targets.target_set,
    targets.published_date as target_published_date,
    if(plans.obs_value <> targets.obs_value, plans.obs_value, null) as revised_target_value,
    results.obs_value as actual_value,
    results.value_kind as actual_value_kind,
    results.comparator as actual_comparator,
    indicator.higher_is_better,
    -- a result that is itself only a bound (over 8, at most 3) decides where it lies wholly on one side
    case
        when results.obs_value is null or indicator.higher_is_better is null then null
        when indicator.higher_is_better and results.comparator in ('lt', 'le')
            then if(results.obs_value < targets.obs_value, false, null)
        when indicator.higher_is_better and results.comparator in ('gt', 'ge')
            then if(results.obs_value >= targets.obs_value, true, null)
        when indicator.higher_is_better and targets.comparator = 'gt' then results.obs_value > targets.obs_value
        when indicator.higher_is_better then results.obs_value >= targets.obs_value
        when results.comparator in ('gt', 'ge') then if(results.obs_value > targets.obs_value, false, null)
        when results.comparator in ('lt', 'le') then if(results.obs_value <= targets.obs_value, true, null)
        when targets.comparator = 'lt' then results.obs_value < targets.obs_value
        else results.obs_value <= targets.obs_value
    end as is_attained,
    results.obs_value - targets.obs_value as gap,
    if(targets.obs_value = 0, null, 100 * results.obs_value::double / targets.obs_value::double)::decimal(18, 4)
        as actual_of_target_pct,
    targets.observation_id as target_observation_id,
    results.observation_id as actual_observation_id
from targets
inner join plans using (ref_area, indicator, breakdown, year)
left join results
    on targets.ref_area = results.ref_area
    and targets.indicator = results.indicator
    and targets.result_breakdown = results.breakdown
    and targets.year = results.year
inner join {{ ref('dim_admin_unit') }} as unit on targets.ref_area = unit.unit_id
inner join {{ ref('dim_indicator') }} as indicator on targets.indicator = indicator.indicator
order by targets.ref_area, targets.indicator, targets.breakdown, targets.year
