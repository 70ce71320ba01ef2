"""Numbers as a Chinese reader meets them on the page."""


def count(number: int) -> str:
    """Return `number` with its thousands set apart.

    >>> count(12345)
    '12,345'
    """
    return f"{number:,}"


def milliseconds(took_ms: float) -> str:
    """Return a duration, to a tenth below ten milliseconds and whole above.

    >>> [milliseconds(0.04), milliseconds(3.21), milliseconds(1234.5)]
    ['0.1', '3.2', '1,234']
    """
    if took_ms >= 10:
        return count(round(took_ms))
    return f"{max(took_ms, 0.1):.1f}"
