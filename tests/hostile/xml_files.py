"""Hostile and broken XML: entities, sizes and depths, encodings, things that are no IATI file."""

from __future__ import annotations

from tests.hostile.case import Hostile, accepted, refused, row_refused, warned

ACTIVITY = (
    '<iati-activity xml:lang="en" default-currency="EUR">\n<iati-identifier>XM-1-{number}</iati-identifier>\n'
    '<reporting-org ref="XM-1" type="10"><narrative>Reporter</narrative></reporting-org>\n'
    "<title><narrative>{title}</narrative></title>\n"
    '<description><narrative>Text</narrative></description>\n<participating-org role="1" ref="XM-1"/>\n'
    '<activity-status code="2"/>\n<activity-date type="1" iso-date="2024-01-01"/>\n'
    '<recipient-country code="AL"/>\n<sector code="15210"/>\n</iati-activity>\n'
)


def file(title: str = "Sound", before: str = "", activities: str = "", declared: str = "UTF-8") -> str:
    """A sound file with this title and whatever stands before the outermost element and after the activity."""
    opening = f'<?xml version="1.0" encoding="{declared}"?>\n{before}'
    one = ACTIVITY.format(number=1, title=title)
    return f'{opening}<iati-activities version="2.03">\n{one}{activities}</iati-activities>\n'


def doctype(declarations: str, title: str = "&x;") -> bytes:
    """A file that declares entities and uses one."""
    return file(title, f"<!DOCTYPE iati-activities [{declarations}]>\n").encode()


def laughs() -> bytes:
    """A billion laughs: ten entities of ten each, nine deep."""
    levels = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    return doctype(f'<!ENTITY l0 "ha">{levels}', "&l9;")


def inner(xml: str) -> bytes:
    """A sound file whose activity holds one thing more."""
    return file().replace("</iati-activity>", f"{xml}</iati-activity>", 1).encode()


def second(xml: str) -> bytes:
    """A sound activity, and a second one that is this."""
    return file(activities=xml).encode()


def attributes() -> bytes:
    """An element with thousands of attributes."""
    return inner("<x " + " ".join(f"a{n}=''" for n in range(5_000)) + "/>")


XML: list[Hostile] = [
    refused(
        "xxe-file.xml", lambda: doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'), "xml.doctype", "line 2"
    ),
    refused(
        "xxe-http.xml", lambda: doctype('<!ENTITY x SYSTEM "http://127.0.0.1:9/x">'), "xml.doctype", "line 2"
    ),
    refused(
        "xxe-parameter.xml",
        lambda: doctype('<!ENTITY % p SYSTEM "http://127.0.0.1:9/evil.dtd"> %p;', "x"),
        "xml.doctype",
        "line 2",
    ),
    refused(
        "external-dtd.xml",
        lambda: file(before='<!DOCTYPE a SYSTEM "http://127.0.0.1:9/a.dtd">\n').encode(),
        "xml.doctype",
        "line 2",
    ),
    refused(
        "doctype-alone.xml",
        lambda: file(before="<!DOCTYPE iati-activities>\n").encode(),
        "xml.doctype",
        "line 2",
    ),
    refused(
        "doctype-in-utf-16.xml",
        lambda: doctype('<!ENTITY x "y">').decode().replace("UTF-8", "UTF-16").encode("utf-16"),
        "xml.doctype",
    ),
    refused(
        "doctype-far-down.xml",
        lambda: file(before=f"<!--{'x' * 300_000}-->\n<!DOCTYPE a>\n").encode(),
        "xml.doctype",
        "line 3",
    ),
    refused("laughs.xml", laughs, "xml.doctype", "line 2"),
    refused(
        "quadratic.xml",
        lambda: doctype(f'<!ENTITY x "{"a" * 50_000}">', "&x;" * 5_000),
        "xml.doctype",
        "line 2",
    ),
    refused("entity-undeclared.xml", lambda: file("&secret;").encode(), "xml.not-well-formed", "line 6"),
    accepted(
        "xinclude.xml",
        lambda: inner('<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="file:///etc/passwd"/>'),
    ),
    accepted(
        "stylesheet.xml",
        lambda: file(
            before='<?xml-stylesheet type="text/xsl" href="http://127.0.0.1:9/evil.xsl"?>\n'
        ).encode(),
    ),
    accepted(
        "schema-location.xml",
        lambda: (
            file()
            .replace(
                "<iati-activities ",
                '<iati-activities xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
                ' xsi:noNamespaceSchemaLocation="http://127.0.0.1:9/a.xsd" ',
            )
            .encode()
        ),
    ),
    refused("deep.xml", lambda: inner("<x>" * 5_000 + "</x>" * 5_000), "xml.not-well-formed", "line"),
    refused("deep-never-closed.xml", lambda: inner("<x>" * 200_000), "xml.not-well-formed", "line"),
    refused("wide.xml", lambda: inner("<x/>" * 300_001), "xml.too-wide", "line"),
    warned("attributes.xml", attributes, "standard.schema"),
    refused("long-name.xml", lambda: inner(f"<{'n' * 100_000}/>"), "xml.not-well-formed", "line"),
    refused("huge-text.xml", lambda: file("t" * 11_000_000).encode(), "xml.not-well-formed", "line"),
    accepted("long-title.xml", lambda: file("t" * 100_000).encode()),
    refused(
        "huge-attribute.xml", lambda: inner(f'<x a="{"v" * 11_000_000}"/>'), "xml.not-well-formed", "line"
    ),
    refused(
        "cp1250-as-utf-8.xml", lambda: file("Šćepan žuti").encode("cp1250"), "xml.not-well-formed", "line 6"
    ),
    refused("utf-7.xml", lambda: file(declared="UTF-7").encode(), "xml.encoding", "line 1"),
    refused("ebcdic.xml", lambda: file(declared="IBM037").encode("cp037"), "table.undecodable", "line 1"),
    refused("nul.xml", lambda: file("a\x00b").encode(), "xml.not-well-formed", "line 6"),
    refused(
        "surrogate.xml",
        lambda: file("LONE").encode().replace(b"LONE", b"\xed\xa0\x80"),
        "xml.not-well-formed",
        "line 6",
    ),
    refused("control-reference.xml", lambda: file("a&#8;b").encode(), "xml.not-well-formed", "line 6"),
    refused("nul-reference.xml", lambda: file("a&#0;b").encode(), "xml.not-well-formed", "line 6"),
    accepted("utf-16.xml", lambda: file("Шћепан", declared="UTF-16").encode("utf-16")),
    accepted("utf-8-with-mark.xml", lambda: file("Шћепан").encode("utf-8-sig")),
    accepted("windows-1250.xml", lambda: file("Šćepan žuti", declared="windows-1250").encode("cp1250")),
    accepted("windows-1251.xml", lambda: file("Граница", declared="windows-1251").encode("cp1251")),
    refused("utf-32.xml", lambda: file(declared="UTF-32").encode("utf-32"), "xml.encoding", "line 1"),
    refused("invented-encoding.xml", lambda: file(declared="x-secret").encode(), "xml.encoding", "line 1"),
    refused(
        "html.xml",
        lambda: b"<html><head><script>alert(1)</script></head><body/></html>",
        "xml.wrong-root",
        "line 1",
    ),
    refused(
        "html5.html", lambda: b"<!DOCTYPE html>\n<html><body>Hello</body></html>", "xml.doctype", "line 1"
    ),
    refused(
        "picture.svg",
        lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><rect/></svg>',
        "xml.wrong-root",
        "line 1",
    ),
    refused("cut-off.xml", lambda: file().encode()[:-40], "xml.not-well-formed", "line"),
    refused("two-roots.xml", lambda: (file() + "<iati-activities/>").encode(), "xml.not-well-formed", "line"),
    refused("no-activity.xml", lambda: b'<iati-activities version="2.03"/>', "iati.no-activities"),
    refused("nothing-but-a-root.xml", lambda: b"<iati-activities", "xml.not-well-formed", "line 1"),
    row_refused(
        "same-identifier.xml",
        lambda: second(ACTIVITY.format(number=1, title="Twin")),
        "iati.identifier-twice",
        "line 15",
    ),
    row_refused(
        "no-title.xml", lambda: second(ACTIVITY.format(number=2, title="")), "iati.no-title", "line 17"
    ),
    warned(
        "script-in-title.xml",
        lambda: inner('<document-link url="javascript:alert(1)" format="text/html"/>'),
        "iati.address",
        "document-link",
    ),
    warned(
        "impossible-date.xml",
        lambda: file().replace("2024-01-01", "2024-09-31").encode(),
        "iati.impossible-date",
        "line 10",
    ),
    warned(
        "number-without-end.xml",
        lambda: inner(
            f'<budget><period-start iso-date="2024-01-01"/><period-end iso-date="2024-12-31"/>'
            f'<value value-date="2024-01-01">{"9" * 5_000}</value></budget>'
        ),
        "iati.budget-without-value",
    ),
]
