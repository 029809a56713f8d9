-- Each result against that of the year before, within one territory; a change of territory begins a new series.
with results as (
    select
        figure.*,
        unit.territory_id,
        unit.full_name
    from {{ ref('int_figure') }} as figure
    inner join {{ ref('dim_admin_unit') }} as unit on figure.ref_area = unit.unit_id
    where figure.value_class = 'result' and figure.period_kind <> 'part_year'
    -- a place that was renamed within the year may have figures under both names
    qualify row_number() over (
        partition by unit.territory_id, figure.indicator, figure.breakdown, figure.year
        order by figure.published_date desc nulls last, figure.observation_id
    ) = 1
)

select
    this_year.ref_area,
    this_year.full_name as ref_area_name,
    this_year.level,
    this_year.territory_id,
    this_year.indicator,
    this_year.breakdown,
    this_year.year,
    this_year.value_kind,
    this_year.unit_measure,
    this_year.obs_value,
    last_year.obs_value as previous_value,
    this_year.obs_value - last_year.obs_value as change,
    if(
        this_year.unit_measure in ('percent', 'permille', 'percentage_point') or last_year.obs_value = 0,
        null,
        100 * (this_year.obs_value - last_year.obs_value)::double / abs(last_year.obs_value)::double
    )::decimal(24, 4) as change_pct,
    this_year.observation_id as winning_observation_id,
    last_year.observation_id as previous_observation_id
from results as this_year
inner join results as last_year
    on this_year.territory_id = last_year.territory_id
    and this_year.indicator = last_year.indicator
    and this_year.breakdown = last_year.breakdown
    and this_year.year = last_year.year + 1
order by this_year.ref_area, this_year.indicator, this_year.breakdown, this_year.year
