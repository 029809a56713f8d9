-- What districts say of themselves, beside what their communes add up to. Districts end on 2025-06-30: a figure that
-- reaches beyond that day is no part of their series.
{{ reported_beside_rolled_up(level=2, condition="time_end <= date '2025-06-30'") }}
