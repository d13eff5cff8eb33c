"""Every area of pages, in the order of the menu."""

from web.area import Area
from web.pages import accounts, grants, health, home, identity, own_account, sign_in, trail

AREAS: tuple[Area, ...] = (
    home.AREA,
    accounts.AREA,
    grants.AREA,
    trail.AREA,
    own_account.AREA,
    sign_in.AREA,
    identity.AREA,
    health.AREA,
)
