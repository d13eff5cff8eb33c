"""Tests of the engine's surroundings: settings, data folder, keys."""
