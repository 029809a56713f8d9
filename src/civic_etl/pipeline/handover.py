"""Where those who read shards leave what they gave, and the one loader takes it: a folder of parts, a run each."""

import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from civic_etl.errors import WarehouseError
from civic_etl.pipeline.reading import read_shard
from civic_etl.pipeline.run import Run
from civic_etl.pipeline.shards import Shard
from civic_etl.settings import Settings
from civic_etl.warehouse.keys import digest
from civic_etl.warehouse.part_files import read_part, write_part
from civic_etl.warehouse.parts import Part

# The parsers are not written for several threads of one process.
_ALONE = threading.Lock()


@contextmanager
def parts_folder(run: Run) -> Iterator[Path]:
    """A folder for the parts of this run, gone with the block; what runs that were killed left goes as well.

    Hold the warehouse while it is open: whoever else has such a folder is dead then. Raises WarehouseError where it
    cannot be made.
    """
    root = run.settings.state_dir.resolve() / "parts"
    shutil.rmtree(root, ignore_errors=True)
    folder = root / run.run_id
    try:
        folder.mkdir(parents=True)
    except OSError as error:
        raise WarehouseError(f"no folder for parts: {error.strerror}", file=str(folder)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(root, ignore_errors=True)


def leave_part(shard: Shard, settings: Settings, folder: Path) -> Path:
    """Read a shard into a part below `folder` that is named by the shard, unless it is there; may run twice at once.

    Raises WarehouseError where the folder is gone: the run that wanted the part has ended.
    """
    path = folder / digest(shard.source, *(f"{record.warc_path}:{record.offset}" for record in shard.records))
    if not path.is_dir():
        with _ALONE:
            part = read_shard(shard, settings)
        write_part(part, path)
    return path


def take_part(path: Path) -> Part:
    """The part, whose files are removed. Raises WarehouseError where it is not there whole."""
    part = read_part(path)
    shutil.rmtree(path, ignore_errors=True)
    return part
