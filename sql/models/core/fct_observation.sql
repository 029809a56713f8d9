-- Claims of the revisions in force.
select * exclude (is_current)
from {{ ref('stg_observation') }}
where is_current
order by observation_id
