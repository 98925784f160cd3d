"""Suite `project`: rendered cases."""

from tests.conformance.suites.rendered_cases import replay

__all__ = ["replay"]
