"""Any table with a mapping file that its user wrote: `model` is what a mapping can say, `read` follows it."""
