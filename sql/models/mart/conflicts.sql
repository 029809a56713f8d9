-- Figures whose claims disagree by more than the tolerance.
select
    figure.ref_area,
    unit.full_name as ref_area_name,
    unit.level,
    figure.indicator,
    figure.breakdown,
    figure.year,
    figure.value_kind,
    figure.obs_value,
    figure.unit_measure,
    figure.least_value,
    figure.greatest_value,
    figure.spread,
    if(
        figure.greatest_value = 0,
        null,
        figure.spread::double / greatest(abs(figure.greatest_value), abs(figure.least_value))::double
    )::decimal(18, 6) as relative_spread,
    figure.n_claims,
    figure.n_sources,
    figure.observation_id as winning_observation_id,
    figure.losing_observation_ids
from {{ ref('int_figure') }} as figure
inner join {{ ref('dim_admin_unit') }} as unit on figure.ref_area = unit.unit_id
where figure.conflict
order by
    relative_spread desc nulls last, figure.ref_area, figure.indicator, figure.breakdown, figure.year, figure.value_kind
