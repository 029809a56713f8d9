-- One file an indicator: its spread over communes by year, by province on both maps, and what provinces say themselves.
with ward as (
    select
        figure.indicator,
        figure.breakdown,
        figure.year,
        figure.class,
        figure.value,
        unit.old_code,
        unit.new_code
    from figure
    inner join unit on figure.ref_area = unit.unit_id
    where figure.level = 3 and figure.period_kind <> 'part_year'
),

country as (
    select
        indicator,
        to_json(
            list(json_array(breakdown, year, class, n, least, q1, middle, q3, greatest) order by breakdown, year, class)
        )
            as list
    from (
        select
            indicator,
            breakdown,
            year,
            class,
            count(*) as n,
            min(value) as least,
            quantile_cont(value, 0.25) as q1,
            median(value) as middle,
            quantile_cont(value, 0.75) as q3,
            max(value) as greatest
        from ward
        group by indicator, breakdown, year, class
    ) as spread
    group by indicator
),

on_maps as (
    select
        *,
        'o' as map,
        old_code as code
    from ward
    where old_code is not null
    union all by name
    select
        *,
        'n' as map,
        new_code as code
    from ward
    where new_code is not null
),

communes as (
    select
        years.year,
        place.map,
        place.code,
        count(*) as n_units
    from (
        select
            old_code as code,
            'o' as map,
            valid_from,
            valid_to
        from unit
        where level = 3 and old_code is not null
        union all
        select
            new_code as code,
            'n' as map,
            valid_from,
            valid_to
        from unit
        where level = 3 and new_code is not null
    ) as place
    inner join (select distinct year from ward) as years
        on place.valid_from <= make_date(years.year, 12, 31) and place.valid_to > make_date(years.year, 12, 31)
    group by years.year, place.map, place.code
),

provinces as (
    select
        indicator,
        to_json(
            list(
                json_array(map, code, breakdown, year, class, n, n_units, middle)
                order by map, code, breakdown, year, class
            )
        )
            as list
    from (
        select
            on_maps.indicator,
            on_maps.map,
            on_maps.code,
            on_maps.breakdown,
            on_maps.year,
            on_maps.class,
            count(*) as n,
            any_value(communes.n_units) as n_units,
            median(on_maps.value) as middle
        from on_maps
        left join communes
            on on_maps.year = communes.year and on_maps.map = communes.map and on_maps.code = communes.code
        group by on_maps.indicator, on_maps.map, on_maps.code, on_maps.breakdown, on_maps.year, on_maps.class
    ) as medians
    group by indicator
),

reported as (
    select
        figure.indicator,
        to_json(list(json_array(
            figure.ref_area,
            if(unit.valid_from < date '2025-07-01', 'o', 'n'),
            if(unit.valid_from < date '2025-07-01', unit.old_code, unit.new_code),
            figure.breakdown,
            figure.year,
            figure.value_kind,
            figure.value,
            figure.winner
        ) order by figure.ref_area, figure.breakdown, figure.year, figure.class)) as list
    from figure
    inner join unit on figure.ref_area = unit.unit_id
    where figure.level = 1 and figure.origin = 'reported' and figure.period_kind <> 'part_year'
    group by figure.indicator
)

select
    'indicator/' || used.indicator as key,
    json_object(
        'country', coalesce(country.list, '[]'::json),
        'provinces', coalesce(provinces.list, '[]'::json),
        'reported', coalesce(reported.list, '[]'::json)
    )::varchar as payload
from (select distinct indicator from figure) as used
left join country on used.indicator = country.indicator
left join provinces on used.indicator = provinces.indicator
left join reported on used.indicator = reported.indicator;
