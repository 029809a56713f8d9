"""All steps of a run under one name, as flows and commands call them."""

from civic_etl.pipeline.backfill import Plan, plan_backfill
from civic_etl.pipeline.discover import chosen_sources, discover_and_fetch
from civic_etl.pipeline.handover import leave_part, parts_folder, take_part
from civic_etl.pipeline.ingest import IngestReport, ingest
from civic_etl.pipeline.loading import load
from civic_etl.pipeline.months import MonthRow, month_rows
from civic_etl.pipeline.pool import PageReader
from civic_etl.pipeline.reading import read_shard
from civic_etl.pipeline.releasing import check, publish, roll_up
from civic_etl.pipeline.reloading import reload
from civic_etl.pipeline.report import RunReport
from civic_etl.pipeline.run import Run, begin
from civic_etl.pipeline.shards import Shard, all_shards, outdated_shards, pending_shards
from civic_etl.pipeline.watching import load_and_watch

__all__ = [
    "IngestReport",
    "MonthRow",
    "PageReader",
    "Plan",
    "Run",
    "RunReport",
    "Shard",
    "all_shards",
    "begin",
    "check",
    "chosen_sources",
    "discover_and_fetch",
    "ingest",
    "leave_part",
    "load",
    "load_and_watch",
    "month_rows",
    "outdated_shards",
    "parts_folder",
    "pending_shards",
    "plan_backfill",
    "publish",
    "read_shard",
    "reload",
    "roll_up",
    "take_part",
]
