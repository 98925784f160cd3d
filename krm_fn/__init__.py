"""krm-fn: render OpenChoreo from Git with no controller in the cluster."""

__version__ = "0.1.0"
