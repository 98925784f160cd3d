"""Measures rendering and start-up: `make bench`, or `python -m bench`."""
