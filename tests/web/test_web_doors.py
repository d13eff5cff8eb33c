"""The address of the pages is held from the moment it is said to be ours."""

import pytest

from engine.folder import FolderError
from web.running import open_door
from web.settings import WebSettings


def test_two_programs_that_start_at_once_get_an_address_each() -> None:
    first, second = open_door(WebSettings()), open_door(WebSettings())
    with first.listening, second.listening:
        assert first.url != second.url


def test_an_address_asked_for_by_name_is_refused_while_another_is_about_to_serve_there() -> None:
    with open_door(WebSettings(web_port=0)).listening as other:
        port = other.getsockname()[1]
        with pytest.raises(FolderError, match=f"{port} 已被其他程序占用"):
            open_door(WebSettings(web_port=port))
