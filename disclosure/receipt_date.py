"""收到日期: when a request counts as received, by channel (条例 Art. 31)."""

from datetime import date

from disclosure.refusals import Refused
from disclosure.request_commands import Channel

FIELDS_OF_RECEIPT = {
    "channel": "channel",
    "on": "submitted_on",
    "signed_on": "signed_on",
    "confirmed_on": "confirmed_on",
}
"""What the received date follows from: the entry line's field, and the state's."""


def received_date(
    channel: Channel, *, submitted_on: date, signed_on: date | None, confirmed_on: date | None
) -> date | None:
    """Return the received date by channel, None while both sides have not confirmed it.

    当面、口头: the day of submission; 挂号: the day the agency signs; 平信: the day the office
    confirms with the applicant; 网络、传真: the day both sides confirm.

    Raises:
        Refused: registered mail without the day it was signed for.
    """
    match channel:
        case "in_person" | "oral":
            return submitted_on
        case "registered_mail":
            if signed_on is None:
                raise Refused(
                    "missing", "signed_on", "挂号信以签收日为收到日，请填写签收日（signed_on）"
                )
            return signed_on
        case "ordinary_mail" | "online" | "fax":
            return confirmed_on
