import io
import os
import re

MOST_BYTES = 16 * 2**20  # of a file

_SIGNATURES = [
    ("image/png", re.compile(rb"\x89PNG\r\n\x1a\n")),
    ("image/jpeg", re.compile(rb"\xff\xd8\xff")),
    ("image/webp", re.compile(rb"RIFF....WEBP", re.DOTALL)),
]


def bytes_of(data):
    """Bytes as they are now, or those of the file at a path."""
    if not isinstance(data, (str, os.PathLike)):
        return bytes(data)
    with open(data, "rb") as file:
        return file.read(MOST_BYTES + 1)


def image_bytes_of(image):
    """Those of an image of Pillow or a figure of Matplotlib as PNG; else as `bytes_of` has it."""
    draw = getattr(image, "savefig", None) or getattr(image, "save", None)
    if draw is None:
        return bytes_of(image)
    drawn = io.BytesIO()
    draw(drawn, format="png")
    return drawn.getvalue()


def shown_image_type(data):
    """What an image is by its first bytes; None where it is none that Whorl shows."""
    return next((media_type for media_type, signature in _SIGNATURES if signature.match(data)), None)
