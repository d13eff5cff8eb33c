"""What clearance refuses; the message is Chinese, for the person at the page."""

from people import PeopleError


class DraftRefused(PeopleError):  # noqa: N818 - a refusal is an answer, not a fault
    """Say that a step of a draft cannot be taken; `field` names the form's field, if one shows it.

    The pages answer it as every refusal of the people's room.
    """
