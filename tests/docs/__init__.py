"""Tests of the words: what the Markdown files say is so."""
