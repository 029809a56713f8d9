-- The catalogue that indicator codes are read from.
select *
from {{ source('raw', 'indicator') }}
order by indicator
