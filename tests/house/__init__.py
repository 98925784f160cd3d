"""Rules of the house: imports, hermeticity, determinism, documentation."""
