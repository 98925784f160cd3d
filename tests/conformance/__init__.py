"""Replays directories of vectors: `python -m tests.conformance [-v] DIR…`.

In: directories (or single files) that name their suite in `suite.json`. Out: a line per suite, the
ids that failed, and the totals. A suite is a module in `suites/` of the suite's name, with
`replay(directory) -> Iterator[Outcome]`; wanted differences stand in `known_differences.toml`.
"""
