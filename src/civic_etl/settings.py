"""Every option of civic-etl, in one place.

Read, strongest first, from: arguments, `CIVIC_ETL_*` environment variables, `.env`, `civic-etl.toml` in the working
directory (or the file named by `CIVIC_ETL_CONFIG`), and the defaults below.
"""

import os
import re
from functools import lru_cache
from pathlib import Path
from typing import Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict, TomlConfigSettingsSource

from civic_etl.errors import SettingsError


class Settings(BaseSettings):
    """Typed settings; field descriptions are the reference that docs/settings.md is written from."""

    model_config = SettingsConfigDict(
        env_prefix="CIVIC_ETL_",
        env_file=".env",
        env_file_encoding="utf-8",
        toml_file="civic-etl.toml",
        extra="forbid",
        frozen=True,
    )

    home: Path = Field(Path("warehouse"), description="Folder that holds archive, state, build file and releases.")
    sources_dir: Path | None = Field(
        None, description="Folder of further source descriptions (*.yaml), read beside those of the package."
    )
    gazetteer_pack: Path | None = Field(
        None, description="Folder of an imported history pack of admin units, used instead of the shipped table."
    )
    corrections: Path | None = Field(None, description="YAML file of corrections applied at load.")
    removals: Path | None = Field(
        None, description="YAML file of addresses and persons that no later release may hold; see docs/runbook.md."
    )
    archive_store: str | None = Field(
        None,
        description="Object store that WARC files are published to: `s3://bucket/prefix`, `file:///a/mounted/disk`; "
        "credentials come from the environment (`AWS_...`); see docs/storage.md.",
    )
    release_store: str | None = Field(
        None, description="Object store that each new release is copied to, as `archive_store`; see docs/storage.md."
    )
    warehouse: str | None = Field(
        None,
        description="DuckLake that documents are loaded into, for several loaders: `ducklake:postgres:dbname=civic "
        "host=...`; password by PGPASSWORD or ~/.pgpass; default: the build file, for one. See docs/storage.md.",
    )
    lake_data: str | None = Field(
        None, description="Folder or `s3://bucket/prefix` that the lake's Parquet files lie in; all loaders see it."
    )
    user_agent: str = Field(
        "civic-etl/0.1 (+https://github.com/civic-etl/civic-etl; open civic statistics)",
        description="User-Agent header of every request; name a contact that site owners can reach.",
    )
    min_delay_seconds: float = Field(3.0, ge=0, description="Least time between requests to one registrable domain.")
    jitter_seconds: float = Field(1.0, ge=0, description="Random time added to each delay, 0 to this many seconds.")
    daily_page_budget: int = Field(2_000, ge=1, description="Most requests to one source in a run.")
    request_timeout_seconds: float = Field(30.0, gt=0, description="Time limit of one request, connect to last byte.")
    max_body_bytes: int = Field(20_000_000, ge=1, description="Largest response body, before and after decompression.")
    max_redirects: int = Field(5, ge=0, description="Most redirects followed for one request.")
    workers: int = Field(
        default_factory=lambda: os.cpu_count() or 1, ge=1, description="Processes that parse and extract."
    )
    batch_size: int = Field(200, ge=1, description="Articles in one load transaction.")
    keep_releases: int = Field(14, ge=1, description="Newest releases kept; older ones are pruned, never `current`.")
    task_runner: Literal["thread", "dask"] = Field(
        "thread",
        description="Who parses and extracts: `thread`, `workers` processes of this machine; `dask`, the workers of a "
        "Dask cluster (needs `civic-etl[dask]`); see docs/operate-cluster.md.",
    )
    dask_scheduler: str | None = Field(
        None,
        description="Address of a Dask scheduler, such as `tcp://10.0.0.1:8786`; without one `dask` starts a cluster "
        "of `workers` processes on this machine.",
    )
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field("INFO", description="Least level logged to stderr.")
    log_format: Literal["text", "json"] = Field("text", description="How log lines are written, to stderr and file.")
    log_file: Path | None = Field(None, description="File that log and progress lines are written to as well.")
    log_file_bytes: int = Field(10_000_000, ge=1, description="Size at which the log file is turned over.")
    log_files_kept: int = Field(5, ge=1, description="Older log files kept, as `<log_file>.1` (the newest) and on.")
    stale_after_hours: float = Field(
        50.0, gt=0, description="Hours without a whole run after which `civic-etl status` calls the warehouse stale."
    )
    alert_webhook: SecretStr | None = Field(
        None, description="Address that a run which failed, or met trouble, is told to by POST of JSON."
    )
    metrics_file: Path | None = Field(
        None, description="File of metrics in Prometheus text format, written after each run (`*.prom`)."
    )
    keep_reports: int = Field(60, ge=1, description="Newest run reports kept in `state/reports`.")

    @field_validator("archive_store", "release_store")
    @classmethod
    def _is_address(cls, value: str | None) -> str | None:
        """An address that names a store and no secret: settings are shown and logged."""
        if value is not None:
            parts = urlsplit(value)
            if not parts.scheme or "://" not in value:
                raise ValueError("is no address, such as s3://bucket/prefix")
            if parts.query or (parts.username and parts.password):
                raise ValueError("holds credentials; give them in the environment")
        return value

    @field_validator("warehouse")
    @classmethod
    def _is_lake(cls, value: str | None) -> str | None:
        """A DuckLake whose catalog several processes can write, named without its password."""
        if value is not None:
            if not value.startswith("ducklake:postgres:"):
                raise ValueError(
                    "must be ducklake:postgres:...; other catalogs are for one writer, as the build file is"
                )
            if "password" in value.lower() or re.search(r"//[^/@]*:[^/@]*@", value):
                raise ValueError("holds a password; give it by PGPASSWORD or ~/.pgpass")
        return value

    @model_validator(mode="after")
    def _lake_has_a_place(self) -> Self:
        if (self.warehouse is None) != (self.lake_data is None):
            raise ValueError("warehouse and lake_data belong together")
        return self

    @property
    def archive_dir(self) -> Path:
        """WARC files, one folder a source."""
        return self.home / "archive"

    @property
    def state_dir(self) -> Path:
        """What must persist between runs beside archive and build file (crawl ledger, lock)."""
        return self.home / "state"

    @property
    def build_file(self) -> Path:
        """The one writer's DuckDB file; analysts never open it."""
        return self.home / "build" / "civic.duckdb"

    @property
    def releases_dir(self) -> Path:
        """Immutable releases, one folder a version."""
        return self.home / "releases"

    @property
    def current_release(self) -> Path:
        """The symlink that names the release in force."""
        return self.home / "current"

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Order the sources of settings, strongest first."""
        toml = TomlConfigSettingsSource(settings_cls, os.environ.get("CIVIC_ETL_CONFIG", "civic-etl.toml"))
        return init_settings, env_settings, dotenv_settings, toml


@lru_cache(maxsize=1)
def get_settings() -> Settings:
    """The settings of this process.

    Raises SettingsError naming each field that does not fit.
    """
    try:
        return Settings()
    except ValidationError as error:
        problems = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors())
        raise SettingsError(f"settings do not fit: {problems}") from error
