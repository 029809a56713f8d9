-- The figure of record of each commune-level unit. int_figure states the rule that chooses it.
select
    figure.ref_area,
    unit.code as ref_area_code,
    unit.full_name as ref_area_name,
    figure.indicator,
    indicator.name_vi as indicator_name_vi,
    figure.breakdown,
    figure.year,
    figure.value_kind,
    figure.obs_value,
    if(figure.obs_value <> figure.stated_value, figure.stated_value, null) as uncorrected_value,
    figure.unit_measure,
    figure.comparator,
    figure.time_period,
    figure.period_kind,
    -- a unit may be given figures for years in which it was not yet, or no longer, there
    unit.valid_from <= make_date(figure.year, 12, 31) and unit.valid_to > make_date(figure.year, 1, 1) as is_in_force,
    figure.n_claims,
    figure.n_sources,
    figure.spread,
    figure.conflict,
    figure.observation_id as winning_observation_id,
    figure.losing_observation_ids,
    figure.published_date,
    figure.source,
    figure.article_id,
    figure.confidence,
    figure.correction_id,
    figure.note
from {{ ref('int_figure') }} as figure
inner join {{ ref('dim_admin_unit') }} as unit on figure.ref_area = unit.unit_id
inner join {{ ref('dim_indicator') }} as indicator on figure.indicator = indicator.indicator
where figure.level = 3
order by figure.ref_area, figure.indicator, figure.breakdown, figure.year, figure.value_kind
