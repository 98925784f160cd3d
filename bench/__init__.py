"""Measures how fast krm-fn renders."""
