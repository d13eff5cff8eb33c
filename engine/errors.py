"""Errors of the engine's surroundings, for people: the message is one Chinese sentence."""


class CommandFailedError(Exception):
    """The command could not be carried out, through no fault of what it says."""
