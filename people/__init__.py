"""The people who work with the system: accounts, roles, sign-in, and the record of what they did.

Applicants are no people of this room; nothing of a request is kept here. It has a database of its
own: `people.db` in the data folder, or the schema `people` of the PostgreSQL database the log is
in. Whoever changes something here leaves an entry in the trail (审计记录), in the same transaction.

What other rooms use is named here.
"""

from people.account_rows import Account
from people.accounts import Accounts
from people.acts import Act
from people.assignments import Assignment, Assignments
from people.clients import EVERY_AGENCY, Client, Clients, Scope
from people.database import migrate_people, open_people, require_current_people
from people.doer import Doer
from people.errors import PeopleError, SignInRefused, TooManyAttempts
from people.first_start import FirstPasswords
from people.grants import Grant, Grants
from people.offices import Offices, OfficeUnit
from people.people import People
from people.policy import Policy
from people.roles import ADMINISTRATORS, BUSINESS, Role
from people.saved_views import SavedView, SavedViews
from people.sessions import Session, Sessions
from people.sign_in import SignIn
from people.trail import Entry, Trail, TrailFault, TrailQuery

__all__ = [
    "ADMINISTRATORS",
    "BUSINESS",
    "EVERY_AGENCY",
    "Account",
    "Accounts",
    "Act",
    "Assignment",
    "Assignments",
    "Client",
    "Clients",
    "Doer",
    "Entry",
    "FirstPasswords",
    "Grant",
    "Grants",
    "OfficeUnit",
    "Offices",
    "People",
    "PeopleError",
    "Policy",
    "Role",
    "SavedView",
    "SavedViews",
    "Scope",
    "Session",
    "Sessions",
    "SignIn",
    "SignInRefused",
    "TooManyAttempts",
    "Trail",
    "TrailFault",
    "TrailQuery",
    "migrate_people",
    "open_people",
    "require_current_people",
]
