-- What provinces say of themselves, beside what their communes add up to.
{{ reported_beside_rolled_up(level=1) }}
