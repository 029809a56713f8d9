"""Tests of the language primitives."""
