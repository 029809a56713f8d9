"""The steps of a run as plain functions: flows and the command line call the same ones.

`steps` has them all: `discover_and_fetch` (one source to the archive), `pending_shards` and `read_shard` (pages
to facts), `load`, `roll_up`, `check`, `publish` (facts to a release). `Run` holds what they share. Each can be called
alone, and again.
"""
