"""Programs that build, lock and measure the function image (docs/reference/image.md)."""
