-- Files of some units each: every figure of a unit, the claims behind it, and its history in today's territory. What is
-- as usual is null: the whole, an equal sign, the calendar year, the indicator's own unit of measure.
with figures as (
    select
        ref_area,
        to_json(list(json_array(
            indicator,
            nullif(breakdown, '{}'),
            year,
            left(value_kind, 1),
            value,
            nullif(comparator, 'eq'),
            nullif(time_period, year::varchar),
            conflict::integer,
            winner,
            if(len(losers) > 0, losers, null),
            if(uncorrected is null, null, json_array(uncorrected, note)),
            if(origin = 'reported', null, json_array(origin, n_reporting, n_units, partial, method))
        ) order by indicator, breakdown, year, class)) as list
    from figure
    group by ref_area
),

wanted as (
    select
        ref_area,
        winner as observation_id
    from figure
    where winner is not null
    union
    select
        ref_area,
        unnest(losers) as observation_id
    from figure
),

claims as (
    select
        wanted.ref_area,
        to_json(list(json_array(
            claim.observation_id,
            claim.article_id,
            left(claim.value_kind, 1),
            claim.obs_value::double,
            if(claim.unit_measure = indicator.unit_measure, null, claim.unit_measure),
            nullif(claim.comparator, 'eq'),
            nullif(claim.time_period, claim.year::varchar),
            strftime(article.published_date, '%Y-%m-%d')
        ) order by claim.observation_id)) as list
    from wanted
    inner join core.fct_observation as claim on wanted.observation_id = claim.observation_id
    inner join core.fct_article as article on claim.article_id = article.article_id
    left join core.dim_indicator as indicator on claim.indicator = indicator.indicator
    group by wanted.ref_area
),

today as (
    select
        ref_area,
        to_json(list(json_array(
            indicator,
            nullif(breakdown, '{}'),
            year,
            left(value_kind, 1),
            obs_value::double,
            obs_value_low::double,
            obs_value_high::double,
            method,
            n_reporting,
            n_ancestors,
            strftime(break_date, '%Y-%m-%d'),
            break_decree
        ) order by indicator, breakdown, year, value_kind)) as list
    from mart.ward_year_today
    where is_break and obs_value_low is not null
    group by ref_area
)

select
    'place/' || listed.file as key,
    json_group_object(listed.ref_area, json_object(
        'figures', coalesce(figures.list, '[]'::json),
        'claims', coalesce(claims.list, '[]'::json),
        'before', coalesce(today.list, '[]'::json)
    ))::varchar as payload
from unit_file as listed
left join figures on listed.ref_area = figures.ref_area
left join claims on listed.ref_area = claims.ref_area
left join today on listed.ref_area = today.ref_area
group by listed.file;
