"""Makes the counties beside this file importable."""
