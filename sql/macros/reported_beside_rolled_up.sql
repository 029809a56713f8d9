-- What units of a level say of themselves, where a condition holds of it, beside what their communes add up to.
{% macro reported_beside_rolled_up(level, condition='true') -%}
with reported as (
    select *
    from {{ ref('int_figure') }}
    where level = {{ level }} and {{ condition }}
),

rolled_up as (
    select *
    from {{ ref('int_rollup') }}
    where level = {{ level }}
)

select
    ref_area,
    unit.code as ref_area_code,
    unit.full_name as ref_area_name,
    indicator,
    breakdown,
    year,
    coalesce(reported.value_kind, rolled_up.value_kind) as value_kind,
    coalesce(reported.unit_measure, rolled_up.unit_measure) as unit_measure,
    coalesce(reported.obs_value, rolled_up.total_value) as obs_value,
    case
        when reported.obs_value is not null then 'reported'
        when rolled_up.total_value is not null then 'rolled up'
        else 'incomplete'
    end as value_origin,
    reported.obs_value as reported_value,
    reported.comparator as reported_comparator,
    reported.time_period as reported_time_period,
    reported.period_kind as reported_period_kind,
    reported.n_claims,
    reported.n_sources,
    reported.spread,
    reported.conflict,
    reported.observation_id as winning_observation_id,
    reported.losing_observation_ids,
    rolled_up.total_value as rollup_value,
    rolled_up.partial_value as rollup_partial_value,
    rolled_up.method as rollup_method,
    rolled_up.n_reporting,
    rolled_up.n_units,
    rolled_up.n_estimates,
    rolled_up.n_bounds
from reported
full outer join rolled_up using (ref_area, indicator, breakdown, year, value_class)
inner join {{ ref('dim_admin_unit') }} as unit on ref_area = unit.unit_id
order by ref_area, indicator, breakdown, year, value_kind
{%- endmacro %}
