"""XML from anyone, parsed without entities, document types or anything from elsewhere."""

from lxml import etree

from archives.refusal import ArchiveRefused, Fault


def parse_xml(content: bytes, most_tags: int) -> etree._Element:
    """Return the root of an XML part, without its comments and processing instructions.

    Office writes no document type, and only through one can XML hold entity bombs or ask for
    files and addresses: a part with one is refused. Comments go because what stands behind one is
    printed and is not the text of its element.

    Raises:
        ArchiveRefused: it is malformed, declares a document type, or has more tags.
    """
    if content.count(b"<") > most_tags:
        raise ArchiveRefused(Fault.TAGS)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ArchiveRefused(Fault.XML) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise ArchiveRefused(Fault.DOCTYPE)
    return root
