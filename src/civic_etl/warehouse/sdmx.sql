-- The figures of record as SDMX-CSV 2.0: communes, and what districts and provinces say of themselves.
with figures as (
    select
        ref_area, indicator, breakdown, year, value_kind, obs_value, unit_measure, comparator, period_kind,
        n_claims, conflict, winning_observation_id
    from mart.ward_year
    union all by name
    select
        ref_area, indicator, breakdown, year, value_kind, reported_value as obs_value, unit_measure,
        reported_comparator as comparator, reported_period_kind as period_kind, n_claims, conflict, winning_observation_id
    from (from mart.district_year union all by name from mart.province_year)
    where reported_value is not null
),

-- codes have letters, digits, _ and - alone; where free text needs more, a digest keeps two of them apart
categories as (
    select
        breakdown,
        list_aggregate(
            list_transform(json_keys(breakdown), lambda k: k || '-' || json_extract_string(breakdown, '$."' || k || '"')),
            'string_agg', '__'
        ) as words
    from (select distinct breakdown from figures)
),

coded as (
    select
        breakdown,
        case
            when breakdown = '{}' then '_T'
            when regexp_full_match(words, '[A-Za-z0-9_-]+') then words
            else regexp_replace(replace(lower(strip_accents(words)), 'đ', 'd'), '[^a-z0-9_-]+', '_', 'g')
                || '_' || left(md5(words), 8)
        end as code
    from categories
)

select
    'dataflow' as "STRUCTURE",
    'CIVIC_ETL:FIGURES(1.0)' as "STRUCTURE_ID",
    'I' as "ACTION",
    'A' as "FREQ",
    ref_area as "REF_AREA",
    indicator as "INDICATOR",
    coded.code as "BREAKDOWN",
    value_kind as "VALUE_KIND",
    year as "TIME_PERIOD",
    rtrim(rtrim(obs_value::varchar, '0'), '.') as "OBS_VALUE",
    unit_measure as "UNIT_MEASURE",
    comparator as "COMPARATOR",
    period_kind as "PERIOD_KIND",
    case value_kind when 'estimate' then 'E' when 'target' then 'F' else 'A' end as "OBS_STATUS",
    if(conflict, 'Y', 'N') as "CONFLICT",
    n_claims as "N_CLAIMS",
    winning_observation_id as "OBSERVATION_ID"
from figures
join coded using (breakdown)
order by "REF_AREA", "INDICATOR", "BREAKDOWN", "VALUE_KIND", "TIME_PERIOD"
