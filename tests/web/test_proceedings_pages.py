"""The pages of proceedings: what the register says of one that is final and of one that is not."""

import re
from pathlib import Path

from tests.activities.desk import TODAY
from tests.web.figure_lives import record
from tests.web.offices import COMMERCE
from tests.web.readers import Reader
from web.office import Office


def limits(text: str) -> dict[str, str]:
    """Return the last cell of each case's row without its markup."""
    rows = re.findall(r'<th scope="row"><a [^>]*>([^<]+)</a>.*?<td>([^\n]*?)</td></tr>', text)
    return {case: re.sub("<[^>]+>", "", cells.rpartition("<td>")[2]) for case, cells in rows}


def test_the_register_names_the_limit_that_runs_and_none_that_ran_out_with_the_result(
    office: Office, reader: Reader, tmp_path: Path
) -> None:
    lawsuit = {"do": "file_lawsuit", "after_reconsideration": False}
    record(
        office.parts,
        tmp_path,
        {**lawsuit, "case": "行初-1", "on": "2024-01-08"},
        {"do": "conclude_lawsuit", "case": "行初-1", "on": "2024-03-04", "result": "upheld"},
        {**lawsuit, "case": "行初-2", "on": TODAY.isoformat()},
    )
    office.parts.projector.catch_up()
    reader.sign_in("worker")
    register = f"/agencies/{COMMERCE}/proceedings"
    open_ones = limits(reader.get(register).text)
    assert list(open_ones) == ["行初-2"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", open_ones["行初-2"])
    assert limits(reader.get(f"{register}?every=1").text) == {**open_ones, "行初-1": ""}
