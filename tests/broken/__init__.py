"""Broken inputs: what a user is told about each of them.

`healthy/` is a small repository that renders. Every folder below `cases/` breaks it in one way:

- `case.yaml` says what is broken (`about`), through which `door` it comes (`render` is the command
  line and the default; `generator`, `transformer`, `package` and `stream` are a ResourceList), the
  `exit` code (default 1), `edits` of files of the healthy repository (`file`, `replace`, `by`), and
  `config`, the text of the functionConfig, or of the file for `--config`.
- `files/` holds whole files laid over the repository; `stdin` the bytes of standard input.
- `expected.txt` is what standard error says, without the hints to pin a release.

After a wanted change of a text, `KRM_FN_REWRITE=1 pytest tests/broken` writes `expected.txt` anew.
Such a run fails on purpose: read the difference before it is committed.
"""
