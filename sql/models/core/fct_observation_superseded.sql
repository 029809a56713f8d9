-- Claims of revisions that are no longer in force. A key also found in core.fct_observation is one that the edit kept.
select * exclude (is_current)
from {{ ref('stg_observation') }}
where not is_current
order by revision_id, observation_id
