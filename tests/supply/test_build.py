"""Wheel and source archive of a commit are the same bytes wherever, whenever and by whomever they are built."""

import os
import shutil
import subprocess
import sys
import tarfile
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
# Imported by every Python that finds it: a build that asked any host would end there.
OFFLINE = """
import socket

def refuse(*_):
    raise AssertionError("a build asks no host")

socket.socket.connect = socket.socket.connect_ex = socket.getaddrinfo = refuse
"""
# What lies about in a checkout that somebody works in.
LEFT_OVER = (
    "src/civic_etl/__pycache__/cli.cpython-311.pyc",
    "src/civic_etl/explorer/frontend/node_modules/esbuild/main.js",
    ".venv/pyvenv.cfg",
    ".mypy_cache/cache.json",
    ".hypothesis/unicode_data",
    "warehouse/build/civic.duckdb",
    ".env",
)


def copy(folder: Path, modified: int, mode: int) -> Path:
    """The files of the checkout, all changed at one time and under one mask."""
    names = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True, text=True).stdout
    for name in filter(None, names.split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, folder / name)
            (folder / name).chmod(0o777 & mode if os.access(ROOT / name, os.X_OK) else 0o666 & mode)
            os.utime(folder / name, (modified, modified))
    return folder


def built(folder: Path, offline: Path, **environment: str) -> dict[str, Path]:
    """What is built in a folder, by name."""
    command = [sys.executable, "-m", "hatchling", "build"]
    found = {name: value for name, value in os.environ.items() if name not in {"SOURCE_DATE_EPOCH", "PYTHONPATH"}}
    subprocess.run(command, cwd=folder, env=found | {"PYTHONPATH": str(offline)} | environment, check=True)
    return {path.name: path for path in (folder / "dist").iterdir()}


def test_two_builds_are_the_same_bytes(tmp_path):
    offline = tmp_path / "offline"
    offline.mkdir()
    (offline / "sitecustomize.py").write_text(OFFLINE)
    first = built(copy(tmp_path / "a", 1_000_000_000, 0o755), offline, PYTHONHASHSEED="1", TZ="UTC")
    elsewhere = copy(tmp_path / "another folder" / "với dấu", 1_700_000_000, 0o700)
    for name in LEFT_OVER:
        (elsewhere / name).parent.mkdir(parents=True, exist_ok=True)
        (elsewhere / name).write_text("left over")
    second = built(elsewhere, offline, PYTHONHASHSEED="2", TZ="Asia/Ho_Chi_Minh", LC_ALL="C")
    wheel, archive = sorted(first, key=lambda name: not name.endswith(".whl"))
    assert wheel.endswith(".whl") and archive.endswith(".tar.gz")
    for name in (wheel, archive):
        assert sha256(first[name].read_bytes()).digest() == sha256(second[name].read_bytes()).digest(), name
    inside = zipfile.ZipFile(second[wheel]).namelist()
    assert {"civic_etl/sql/dbt_project.yml", "civic_etl/explorer/assets/app.js"} <= set(inside)
    assert not any("frontend" in name for name in inside)
    with tarfile.open(second[archive]) as tar:
        assert not {name.partition("/")[2] for name in tar.getnames()} & set(LEFT_OVER)
