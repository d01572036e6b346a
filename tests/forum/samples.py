"""Documents and pictures made on the spot, for tests of what is read out of them."""

import io

import docx
import pypdf
from PIL import Image


def pdf(*pages):
    """A PDF with one line of text on each page."""
    count = len(pages)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (b" ".join(b"%d 0 R" % (4 + 2 * n) for n in range(count)), count),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(pages):
        stream = b"BT /F1 12 Tf 72 720 Td (%s) Tj ET" % text.encode("latin-1")
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R"
            b" /Resources << /Font << /F1 3 0 R >> >> >>" % (5 + 2 * number)
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, len(out))
    )


def locked_pdf():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf("A secret that nobody reads")))
    writer.encrypt("a password", algorithm="RC4-128")
    return saved(writer.write)


def scanned_pdf():
    """One page that is a picture."""
    return saved(lambda out: photo_of(800, 1100).save(out, "PDF"))


def document():
    made = docx.Document()
    made.add_heading("Springs", 1)
    made.add_paragraph("We measured the springs in May, above 3,000 m.")
    table = made.add_table(rows=1, cols=2)
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Litres", "40"
    return saved(made.save)


def photo_of(width, height):
    """A picture with so much in it that it does not become small by itself."""
    return Image.effect_noise((width, height), 90).convert("RGB")


def photo(width=1600, height=1200, **fields):
    return saved(lambda out: photo_of(width, height).save(out, "JPEG", quality=90, **fields))


def saved(save):
    out = io.BytesIO()
    save(out)
    return out.getvalue()
