-- The bounds of every period that is used: SDMX text in, first and last day out.
with used as (
    select time_period from {{ source('raw', 'observation') }}
    union
    select time_period from {{ source('raw', 'outcome') }}
    where time_period <> ''
),

parts as (
    select
        time_period,
        left(time_period, 4)::integer as first_year,
        try_cast(regexp_extract(time_period, '-S([12])$', 1) as integer) as half,
        try_cast(regexp_extract(time_period, '-Q([1-4])$', 1) as integer) as quarter,
        try_cast(regexp_extract(time_period, '-M(\d\d)$', 1) as integer) as month,
        try_cast(regexp_extract(time_period, '^(\d{4}-\d\d-\d\d)', 1) as date) as first_day,
        try_cast(regexp_extract(time_period, '/P(\d+)[YMD]$', 1) as integer) as span_length,
        regexp_extract(time_period, '/P\d+([YMD])$', 1) as span_unit
    from used
),

bounds as (
    select
        time_period,
        case
            when first_day is not null then first_day
            when half is not null then make_date(first_year, 6 * half - 5, 1)
            when quarter is not null then make_date(first_year, 3 * quarter - 2, 1)
            when month is not null then make_date(first_year, month, 1)
            else make_date(first_year, 1, 1)
        end as time_start,
        case
            when span_unit = 'Y' then to_months(12 * span_length)
            when span_unit = 'M' then to_months(span_length)
            when span_unit = 'D' then to_days(span_length)
            when first_day is not null then to_days(1)
            when half is not null then to_months(6)
            when quarter is not null then to_months(3)
            when month is not null then to_months(1)
            else to_months(12)
        end as time_length
    from parts
),

closed as (
    select
        time_period,
        time_start,
        (time_start + time_length - to_days(1))::date as time_end
    from bounds
)

select
    time_period,
    time_start,
    time_end,
    case
        when time_end = (time_start + to_months(12) - to_days(1))::date then 'annual'
        when time_end = time_start then 'as_of'
        when year(time_start) = year(time_end) then 'part_year'
        else 'multi_year'
    end as period_kind,
    -- a school year belongs to the year it begins in; a span of several years to none
    case
        when time_end = (time_start + to_months(12) - to_days(1))::date or year(time_start) = year(time_end)
            then year(time_start)::integer
    end as year
from closed
