"""Jobs → finished resources, one pipeline per kind of job.

In: jobs of `resolve`. Out: `RenderedResource`s; findings go to the run's collector.
Upstream twins: `internal/pipeline/{component,project,resource}` with the parts of the binding
controllers around them.
"""

from krm_fn.pipelines.component import render_component
from krm_fn.pipelines.pipelines import Pipelines

__all__ = ["Pipelines", "render_component"]
