-- What analysts call in a release. Search helpers ignore case and accents.

create macro fold(words) as replace(lower(strip_accents(words)), 'đ', 'd');

create macro find_units(words) as table
    select unit_id, level, full_name, valid_from, valid_to, is_current
    from core.dim_admin_unit
    where search_name like '%' || fold(words) || '%'
    order by level, full_name, valid_from;

create macro ward_history(ward, above := '') as table
    select figure.*
    from mart.ward_year as figure
    join core.dim_admin_unit as unit on figure.ref_area = unit.unit_id
    where fold(unit.core_name) = fold(ward)
        and unit.search_name like '%' || fold(above) || '%'
    order by figure.ref_area, figure.indicator, figure.breakdown, figure.year, figure.value_kind;

create macro evidence(id) as table
    select
        observation.observation_id,
        observation.quote,
        observation.evidence,
        article.title,
        article.url,
        article.published_date,
        article.fetched_at,
        article.warc_path,
        article.warc_offset,
        observation.char_start,
        observation.char_end,
        observation.rules,
        observation.confidence
    from core.fct_observation as observation
    join core.fct_article as article using (article_id)
    where observation.observation_id = id;

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
    left join mart.ward_year as figure on figure.winning_observation_id = observation.observation_id
    where observation.ref_area = unit and observation.indicator = code and observation.year = in_year
    order by is_figure_of_record desc, article.published_date desc, observation.observation_id;
