"""What most commands import and read, for the server that the tests' commands are forked from.

Not Prefect, which reads its settings when it is imported.
"""

import dbt.cli.main  # noqa: F401

import civic_etl.pipeline.ingest
import civic_etl.warehouse.warehouse  # noqa: F401
from civic_etl.cli import main  # noqa: F401
from civic_etl.extract.pipeline import extract
from civic_etl.extract.records import Document

extract(Document("-", "Năm 2020, tỷ lệ hộ nghèo của phường Đức Xuân còn 0,07%.", "2021-01-22", ""))
