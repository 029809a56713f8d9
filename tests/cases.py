"""Cases for tests that are kept in YAML: topics with lists of cases, no topic told twice."""

from pathlib import Path
from typing import Any

from civic_etl.data_files import read_yaml_file
from civic_etl.errors import CatalogueError
from civic_etl.lined_yaml import read_lined


def read_cases(*paths: Path) -> dict[str, list[Any]]:
    """Topics and their cases of some files.

    Of two topics of one name only the last would be tested: raises CatalogueError where a file has a key twice,
    ValueError where two files have the same topic.
    """
    cases: dict[str, list[Any]] = {}
    for path in paths:
        read_lined(path, CatalogueError)
        for topic, told in read_yaml_file(path).items():
            if topic in cases:
                raise ValueError(f"{path}: told in another file too: {topic}")
            cases[topic] = told
    return cases
