"""Our time as a ratio to the peers': ``python -m benchmarks``."""
