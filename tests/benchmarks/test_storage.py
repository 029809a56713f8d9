"""The part `storage` measures what this machine has and says what was left out."""

import re

from .test_driver import run


def test_without_the_packages_for_ducklake_the_disk_is_measured_and_the_rest_named() -> None:
    arguments = ("--pages", "3", "--articles", "0", "--rounds", "1", "--lake-python", "nowhere/bin/python")
    ran = run("storage/run.py", *arguments)
    assert ran.returncode == 0, ran.stderr
    assert "S3 and DuckLake were left out: no nowhere; `make test-storage` has it." in ran.stdout
    rows = re.findall(r"^\| ([^|]+) \| ([^|]+) \| 1 \| [\d.]+ \| [\d.]+ \|", ran.stdout, re.MULTILINE)
    works = ("write, and publish", "read one page, at random", "read all, in order")
    assert rows == [(work, kind) for work in works for kind in ("this disk", "a store on this disk")]
