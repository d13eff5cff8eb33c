"""Benchmarks: what the speed is, always as a ratio to something plain measured in the same run."""
