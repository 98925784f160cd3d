"""Tests of the library, as its users call it."""
