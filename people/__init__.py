"""The people who work with the system: accounts, roles, sign-in, and the record of what they did.

Applicants are no people of this room; nothing of a request is kept here.
"""
