"""Files as participants send them: Word files and PDFs that are what they say, and some that are not."""

import io
import zipfile

MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def docx(text: str = "Thank you", *, content_type: str = MAIN, extra: dict[str, bytes] | None = None) -> bytes:
    """The smallest Word file with this text, a paragraph for each line; `extra` are further parts."""
    paragraphs = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in text.split("\n"))
    parts = {
        "[Content_Types].xml": (
            '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
            f'<Override PartName="/word/document.xml" ContentType="{content_type}"/></Types>'
        ).encode(),
        "word/document.xml": (
            f'<?xml version="1.0"?><w:document xmlns:w="{W}"><w:body>{paragraphs}</w:body></w:document>'
        ).encode(),
    } | (extra or {})
    return package(parts)


def package(parts: dict[str, bytes]) -> bytes:
    """A zip with these files."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def pdf(trailer: bytes = b"") -> bytes:
    """A PDF of one empty page, as far as anybody looks."""
    return b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R" + trailer + b">>\nstartxref\n9\n%%EOF\n"


def written_pdf(*pages: str, packed: bytes | None = None) -> bytes:
    """A PDF with these texts, a page for each; `packed` stands in place of what is drawn on the last."""
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"]
    kids = []
    for number, text in enumerate(pages):
        drawn = f"BT /F1 12 Tf 72 720 Td ({text}) Tj ET".encode("latin-1")
        body, coded = (packed, b"/Filter/FlateDecode") if packed and number == len(pages) - 1 else (drawn, b"")
        page = len(objects) + 1
        kids.append(b"%d 0 R" % page)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>"
            % (page + 1)
        )
        objects.append(b"<</Length %d%s>>stream\n%s\nendstream" % (len(body), coded, body))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    return assembled(objects)


def assembled(objects: list[bytes]) -> bytes:
    """A PDF of these objects, numbered from 1; the first is its catalogue."""
    content, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return content + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(content))
    )
