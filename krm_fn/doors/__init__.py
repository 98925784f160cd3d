"""Front doors: how hosts reach the spine.

In: what a host gives (a ResourceList on standard input, a plugin's configuration file, folders).
Out: what it expects (a complete ResourceList, files) and an exit code. Only here and in `cli/`
does the program touch the world.

- `krm`: the function as kustomize and kpt call it; `process`: its streams and signals
- `legacy`: kustomize's older plugin protocol
- `local`: folders, for the command line

Import the door you need: a host starts one process for every build.
Upstream twins: kustomize's `kyaml/fn/framework/command`, kpt's `fnruntime`.
"""
