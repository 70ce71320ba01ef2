"""PDFs made by hand: text at places, in the fonts that every reader has."""

from collections.abc import Sequence

Piece = tuple[float, float, float, str]  # x, y, size, text


def pdf(pages: Sequence[Sequence[Piece]], properties: str = "", encrypted: bool = False) -> bytes:
    """Return a PDF of these pages, 595 by 842 points each."""
    kids = " ".join(f"{7 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        "<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(pages)}/Kids[{kids}]>>",
        "<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H"
        "/DescendantFonts[4 0 R]>>",
        "<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000"
        "/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>/FontDescriptor 5 0 R>>",
        "<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 -120 1000 880]"
        "/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 80>>",
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    for n, pieces in enumerate(pages):
        content = "\n".join(drawn(*piece) for piece in pieces)
        objects.append(
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {8 + 2 * n} 0 R"
            "/Resources<</Font<</H 3 0 R/L 6 0 R>>>>>>"
        )
        objects.append(f"<</Length {len(content)}>>stream\n{content}\nendstream")
    objects.append(f"<<{properties}>>")
    raw = "%PDF-1.4\n"
    places = []
    for number, text in enumerate(objects, start=1):
        places.append(len(raw))
        raw += f"{number} 0 obj{text}endobj\n"
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    lock = f"/Encrypt<</Filter/Standard/V 1/R 2/P -4/O<{'00' * 32}>/U<{'00' * 32}>>>" * encrypted
    trailer = f"<</Size {len(objects) + 1}/Root 1 0 R/Info {len(objects)} 0 R/ID[<00><00>]{lock}>>"
    head = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n"
    return f"{raw}{head}{table}trailer{trailer}\nstartxref\n{len(raw)}\n%%EOF".encode("latin-1")


def drawn(x: float, y: float, size: float, text: str) -> str:
    if not text:
        return f"{x} {y} {size} {size} re f"  # no text, only a box
    if text.isascii():
        escaped = text.replace("(", r"\(").replace(")", r"\)")
        return f"BT /L {size} Tf {x} {y} Td ({escaped}) Tj ET"
    return f"BT /H {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"


def column(x: float, y: float, lines: Sequence[str], size: float = 10) -> list[Piece]:
    """Return lines below each other; one that begins with a wide space is indented."""
    return [
        (x + 2 * size * line.startswith("　"), y - 1.6 * size * n, size, line.strip("　"))
        for n, line in enumerate(lines)
    ]


def wrapped(text: str, width: int = 20) -> list[str]:
    """Return a paragraph as a newspaper sets it: indented, so many characters a line."""
    rest = text[width - 2 :]
    return [
        "　" + text[: width - 2],
        *(rest[at : at + width] for at in range(0, len(rest), width)),
    ]
