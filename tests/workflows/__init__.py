"""The workflows on real servers."""
