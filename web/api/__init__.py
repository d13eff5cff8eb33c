"""The HTTP interface (接口): the same commands and reads as the pages', for programs.

`create_api(office)` makes an application of its own, which `web.app` mounts at `MOUNTED_AT`. What
holds for all of it:

- Who calls is told by a token (`people.clients`), never by a cookie, so nothing a browser sends by
  itself means anything here. `web.api.gate` lets in, counts, and writes every call into the trail.
- A route names its scopes by the type of its first parameter (`Reading`, `Reporting`, `AnyCaller`);
  where its path has `{agency}`, the token must be for that agency.
- What goes wrong is a problem (RFC 9457) of a kind that never changes (`web.api.problems`).
- What is read comes from projections and log; what changes goes through the deciders.
- Routes are sync functions: they run in threads, where the database may be waited for.

To add an operation: a route in the module of its subject with `summary` in Chinese, models for what
it answers, and the description renewed (`tests/web/test_api_description.py` says how).
"""

from web.api.application import MOUNTED_AT, create_api

__all__ = ["MOUNTED_AT", "create_api"]
