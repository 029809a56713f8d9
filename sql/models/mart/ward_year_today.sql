-- History in today's communes. Whole units merged into one add up exactly; where a unit was split, its share in each
-- successor is only known within bounds, and so is the figure. A change of territory is always marked.
with recursive ancestry as (
    select
        unit_id as today_id,
        unit_id as ancestor_id,
        1.0::double as share_lo,
        1.0::double as share_hi,
        true as is_same_territory,
        null::date as changed_on,
        null::varchar as changed_by
    from {{ ref('dim_admin_unit') }}
    where level = 3 and is_current

    union all

    select
        later.today_id,
        edge.from_unit_id as ancestor_id,
        later.share_lo * edge.share_lo as share_lo,
        later.share_hi * edge.share_hi as share_hi,
        later.is_same_territory and edge.is_same_territory as is_same_territory,
        -- the last change of territory between then and now
        if(edge.is_same_territory, later.changed_on, coalesce(later.changed_on, edge.effective_date)) as changed_on,
        if(edge.is_same_territory, later.changed_by, coalesce(later.changed_by, edge.decree)) as changed_by
    from ancestry as later
    inner join {{ ref('bridge_unit_succession') }} as edge on later.ancestor_id = edge.to_unit_id
    where edge.share_hi > 0 and edge.from_unit_id <> edge.to_unit_id
),

-- a unit may reach its successor by more than one way
ancestors as (
    select
        today_id,
        ancestor_id,
        least(sum(share_lo), 1) as share_lo,
        least(sum(share_hi), 1) as share_hi,
        bool_and(is_same_territory) as is_same_territory,
        max(changed_on) as changed_on,
        max(changed_by) as changed_by
    from ancestry
    group by today_id, ancestor_id
),

in_force as (
    select
        ancestors.*,
        bridge.year
    from ancestors
    inner join {{ ref('bridge_unit_year') }} as bridge on ancestors.ancestor_id = bridge.unit_id
),

needed as (
    select
        today_id,
        year,
        count(*) as n_ancestors,
        bool_and(share_lo = 1 and share_hi = 1) as is_whole
    from in_force
    group by today_id, year
),

figures as (
    select
        in_force.today_id,
        figure.indicator,
        figure.breakdown,
        figure.year,
        figure.value_class,
        indicator.aggregation,
        any_value(figure.unit_measure) as unit_measure,
        count(*) as n_reporting,
        count(*) filter (where figure.value_kind = 'estimate') as n_estimates,
        sum(figure.obs_value) as sum_value,
        sum(in_force.share_lo * figure.obs_value::double) as sum_low,
        sum(in_force.share_hi * figure.obs_value::double) as sum_high,
        min(figure.obs_value) as least_value,
        max(figure.obs_value) as greatest_value,
        not bool_and(in_force.is_same_territory) as is_break,
        max(in_force.changed_on) as break_date,
        max(in_force.changed_by) as break_decree,
        list(figure.observation_id order by figure.observation_id) as observation_ids
    from in_force
    inner join {{ ref('int_figure') }} as figure
        on in_force.ancestor_id = figure.ref_area and in_force.year = figure.year
    inner join {{ ref('dim_indicator') }} as indicator on figure.indicator = indicator.indicator
    where figure.period_kind <> 'part_year'
    group by all
),

valued as (
    select
        figures.*,
        needed.n_ancestors,
        case
            when figures.n_reporting < needed.n_ancestors then 'incomplete'
            when needed.n_ancestors = 1 and not figures.is_break then 'same'
            when figures.aggregation = 'sum' and needed.is_whole then 'exact'
            when figures.aggregation = 'sum' then 'bounds'
            when figures.aggregation = 'weighted_mean' then 'between its parts'
            else 'not comparable'
        end as method
    from figures
    inner join needed on figures.today_id = needed.today_id and figures.year = needed.year
)

select
    valued.today_id as ref_area,
    unit.full_name as ref_area_name,
    valued.indicator,
    valued.breakdown,
    valued.year,
    if(valued.value_class = 'target', 'target', if(valued.n_estimates > 0, 'estimate', 'actual')) as value_kind,
    valued.unit_measure,
    if(valued.method in ('same', 'exact'), valued.sum_value, null)::decimal(38, 6) as obs_value,
    case
        when valued.method in ('same', 'exact') then valued.sum_value
        when valued.method = 'bounds' then valued.sum_low::decimal(38, 6)
        when valued.method = 'between its parts' then valued.least_value
    end::decimal(38, 6) as obs_value_low,
    case
        when valued.method in ('same', 'exact') then valued.sum_value
        when valued.method = 'bounds' then valued.sum_high::decimal(38, 6)
        when valued.method = 'between its parts' then valued.greatest_value
    end::decimal(38, 6) as obs_value_high,
    valued.method,
    valued.n_reporting,
    valued.n_ancestors,
    valued.is_break,
    valued.break_date,
    valued.break_decree,
    valued.observation_ids
from valued
inner join {{ ref('dim_admin_unit') }} as unit on valued.today_id = unit.unit_id
order by ref_area, valued.indicator, valued.breakdown, valued.year, value_kind
