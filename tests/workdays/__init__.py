"""Tests of the room of working days."""
