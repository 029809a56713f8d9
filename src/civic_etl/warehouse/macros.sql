-- What analysts call in a release. Search helpers ignore case and accents.

create macro fold(words) as replace(lower(strip_accents(words)), 'đ', 'd');

create macro find_units(words) as table
    select unit_id, level, full_name, valid_from, valid_to, is_current
    from core.dim_admin_unit
    where search_name like '%' || fold(words) || '%'
    order by level, full_name, valid_from;

create macro find_indicators(words) as table
    select indicator, name_vi, name_en, unit_measure, aggregation, higher_is_better, definition
    from core.dim_indicator
    where fold(concat_ws(' ', indicator, name_vi, name_en)) like '%' || fold(words) || '%'
    order by indicator;

create macro find_claims(words) as table
    select
        observation.observation_id,
        observation.ref_area_name,
        observation.indicator,
        observation.time_period,
        observation.value_kind,
        observation.obs_value,
        observation.unit_measure,
        observation.evidence,
        article.url
    from core.fct_observation as observation
    join core.fct_article as article using (article_id)
    where fold(observation.evidence) like '%' || fold(words) || '%'
    order by article.published_date desc, observation.observation_id;

create macro ward_history(ward, above := '') as table
    select figure.*
    from mart.ward_year as figure
    join core.dim_admin_unit as unit on figure.ref_area = unit.unit_id
    where fold(unit.core_name) = fold(ward)
        and unit.search_name like '%' || fold(above) || '%'
    order by figure.ref_area, figure.indicator, figure.breakdown, figure.year, figure.value_kind;

create macro ward_today(ward, above := '') as table
    select figure.*
    from mart.ward_year_today as figure
    join core.dim_admin_unit as unit on figure.ref_area = unit.unit_id
    where fold(unit.core_name) = fold(ward)
        and unit.search_name like '%' || fold(above) || '%'
    order by figure.ref_area, figure.indicator, figure.breakdown, figure.year, figure.value_kind;

create macro missing(ward, above := '') as table
    select coverage.ref_area, unit.full_name as ref_area_name, coverage.indicator, coverage.year, coverage.status
    from mart.coverage as coverage
    join core.dim_admin_unit as unit on coverage.ref_area = unit.unit_id
    where coverage.status <> 'result'
        and fold(unit.core_name) = fold(ward)
        and unit.search_name like '%' || fold(above) || '%'
    order by coverage.ref_area, coverage.indicator, coverage.year;

-- no total where communes are missing, unless `partial` asks for what those that report add up to
create macro district_totals(code, partial := false) as table
    select
        ref_area, ref_area_name, indicator, breakdown, year, value_kind, unit_measure,
        coalesce(obs_value, case when partial then rollup_partial_value end) as obs_value,
        case when obs_value is null and partial then 'partial' else value_origin end as value_origin,
        rollup_method, n_reporting, n_units
    from mart.district_year
    where indicator = code
    order by ref_area, breakdown, year, value_kind;

create macro province_totals(code, partial := false) as table
    select
        ref_area, ref_area_name, indicator, breakdown, year, value_kind, unit_measure,
        coalesce(obs_value, case when partial then rollup_partial_value end) as obs_value,
        case when obs_value is null and partial then 'partial' else value_origin end as value_origin,
        rollup_method, n_reporting, n_units
    from mart.province_year
    where indicator = code
    order by ref_area, breakdown, year, value_kind;

-- also of claims that an edit superseded
create macro evidence(id) as table
    with claim as (
        select * from core.fct_observation where observation_id = id
        union all by name
        select * from core.fct_observation_superseded where observation_id = id
    )
    select
        claim.observation_id,
        claim.quote,
        claim.evidence,
        article.title,
        article.url,
        article.published_date,
        article.fetched_at,
        article.warc_path,
        article.warc_offset,
        claim.char_start,
        claim.char_end,
        claim.rules,
        claim.confidence,
        article.is_current
    from claim
    join core.fct_article_revision as article using (revision_id)
    order by article.is_current desc, article.fetched_at desc
    limit 1;

create macro claims(unit, code, in_year) as table
    select
        observation.observation_id,
        figure.winning_observation_id is not null as is_figure_of_record,
        observation.obs_value,
        observation.unit_measure,
        observation.value_kind,
        observation.time_period,
        observation.evidence,
        article.url,
        article.published_date
    from core.fct_observation as observation
    join core.fct_article as article using (article_id)
    left join (
        select winning_observation_id from mart.ward_year
        union all
        select winning_observation_id from mart.district_year
        union all
        select winning_observation_id from mart.province_year
    ) as figure on figure.winning_observation_id = observation.observation_id
    where observation.ref_area = unit and observation.indicator = code and observation.year = in_year
    order by is_figure_of_record desc, article.published_date desc, observation.observation_id;
