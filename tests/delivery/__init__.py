"""Tests of delivery: artifacts, Flux, the source hydrator, the doors of CI."""
