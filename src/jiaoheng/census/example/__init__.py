"""The example county."""
