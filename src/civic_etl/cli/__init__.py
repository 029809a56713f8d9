"""The command line: `civic-etl`. What a machine reads goes to stdout alone, everything else to stderr."""

from civic_etl.cli.app import app, main

__all__ = ["app", "main"]
