-- dbt would prefix schemas with the target's; analysts see `core` and `mart` alone.
{% macro generate_schema_name(custom_schema_name, node) -%}
{{ custom_schema_name or target.schema }}
{%- endmacro %}
