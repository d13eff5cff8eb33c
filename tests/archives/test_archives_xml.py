import pytest
from lxml import etree

from archives import ArchiveRefused, Fault, parse_xml


def fault_of(content: bytes, most_tags: int = 1_000) -> Fault:
    with pytest.raises(ArchiveRefused) as caught:
        parse_xml(content, most_tags)
    return caught.value.fault


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<a>",
        b"<a></b>",
        b"\0",
        b'<?xml version="1.0" encoding="none-such"?><a/>',
        b"<a>\xff</a>",
        b"<a>" * 400 + b"</a>" * 400,
        b"<a>&unknown;</a>",
    ],
)
def test_what_is_malformed_or_too_deep_is_refused(content: bytes) -> None:
    assert fault_of(content) is Fault.XML


@pytest.mark.parametrize(
    "declared",
    [
        b"<!DOCTYPE a>",
        b'<!DOCTYPE a [<!ENTITY b "bbbb"><!ENTITY c "&b;&b;">]>',
        b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>',
        b'<!DOCTYPE a SYSTEM "http://a.invalid/a.dtd">',
    ],
)
def test_a_document_type_is_refused_whatever_it_declares(declared: bytes) -> None:
    assert fault_of(declared + b"<a/>") is Fault.DOCTYPE


def test_more_tags_than_the_limit_are_refused_before_they_are_parsed() -> None:
    assert len(parse_xml(b"<a>" + b"<b/>" * 8 + b"</a>", 10)) == 8
    assert fault_of(b"<a>" + b"<b/>" * 9 + b"</a>", 10) is Fault.TAGS


def test_what_stands_behind_a_comment_is_text_of_its_element() -> None:
    root = parse_xml("<a>公<!-- 注 -->开<?do it?>条例</a>".encode(), 10)
    assert root.text == "公开条例"
    assert etree.tostring(root, encoding="unicode") == "<a>公开条例</a>"
