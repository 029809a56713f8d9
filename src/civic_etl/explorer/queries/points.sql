-- Where communes lie, as far as the shipped gazetteer knows: longitude and latitude by the number of the unit.
select
    'points' as key,
    coalesce(
        to_json(list(json_array(unit.no, round(place.lon, 3), round(place.lat, 3)) order by unit.no)), '[]'
    )::varchar as payload
from unit
inner join read_parquet(getvariable('gazetteer')) as place on unit.unit_id = place.unit_id
where unit.level = 3 and place.lat is not null;
