"""The whole import command, killed at any moment and on disks that fill up."""
