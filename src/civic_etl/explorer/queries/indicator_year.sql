-- One file an indicator and year: the figure of every commune, for rankings, distributions and maps of one province.
select
    'indicator/' || figure.indicator || '/' || figure.year as key,
    to_json(list(json_array(
        unit.no,
        figure.breakdown,
        figure.value_kind,
        figure.value,
        figure.comparator,
        figure.conflict,
        figure.winner
    ) order by figure.breakdown, figure.class, figure.value desc, unit.no))::varchar as payload
from figure
inner join unit on figure.ref_area = unit.unit_id
where figure.level = 3 and figure.period_kind <> 'part_year'
group by figure.indicator, figure.year;
