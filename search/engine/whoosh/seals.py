"""What tells a file from any other: its size and a CRC-32."""

import zlib
from typing import NamedTuple


class Seal(NamedTuple):
    """The size of a file in bytes, and a CRC-32: of all of it, of a segment that of its table."""

    size: int
    checksum: int

    @classmethod
    def of(cls, content: bytes) -> "Seal":
        """Return the seal of a file that holds `content`."""
        return cls(len(content), zlib.crc32(content))
