-- What the front page needs before anything else: the release, the catalogue, the provinces.
with used as (
    select
        indicator,
        count(*) filter (where level = 3) as n_figures,
        count(distinct ref_area) filter (where level = 3) as n_wards,
        min(year) as first_year,
        max(year) as last_year
    from figure
    group by indicator
),

indicators as (
    select
        coalesce(to_json(list(json_object(
            'code', known.indicator,
            'domain', known.domain,
            'vi', known.name_vi,
            'en', known.name_en,
            'unit', known.unit_measure,
            'sums', known.aggregation = 'sum',
            'better', known.higher_is_better,
            'definition', known.definition,
            'figures', coalesce(used.n_figures, 0),
            'wards', coalesce(used.n_wards, 0),
            'years', if(used.first_year is null, null, [used.first_year, used.last_year])
        ) order by used.n_figures desc nulls last, known.indicator)), '[]'::json) as list
    from core.dim_indicator as known
    left join used on known.indicator = used.indicator
    where known.indicator <> 'other'
),

provinces as (
    select
        coalesce(to_json(list(json_array(
            unit.unit_id,
            if(unit.valid_from < date '2025-07-01', 'o', 'n'),
            if(unit.valid_from < date '2025-07-01', unit.old_code, unit.new_code),
            lower(unit.type),
            unit.core_name
        ) order by unit.valid_to desc, unit.unit_id)), '[]'::json) as list
    from unit
    where unit.level = 1
)

select
    'release' as key,
    json_object(
        'format', getvariable('site_format'),
        'version', release.version,
        'released', strftime(release.released_at, '%Y-%m-%dT%H:%M:%SZ'),
        'package', release.package_version,
        'schema', release.schema_version,
        'articleFiles', (select n from article_files),
        'counts', json_object(
            'articles', (select count(*) from core.fct_article),
            'observations', (select count(*) from core.fct_observation),
            'figures', (select count(*) from mart.ward_year),
            'wards', (select count(distinct ref_area) from mart.ward_year),
            'conflicts', (select count(*) from mart.conflicts),
            'unresolved', (select count(*) from core.fct_unresolved),
            'sources', (select count(*) from core.dim_source)
        ),
        'indicators', indicators.list,
        'provinces', provinces.list
    )::varchar as payload
from main.release
cross join indicators
cross join provinces;
