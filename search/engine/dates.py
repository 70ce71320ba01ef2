"""ISO dates, whole or cut, as numbers by which they are compared and sorted."""


def date_number(date: str) -> int:
    """Return an ISO date, whole or cut, as year, month and day in digits; 0 for none.

    >>> date_number("2024-06")
    20240600
    """
    digits = date.replace("-", "")
    return int(digits.ljust(8, "0")) if digits.isdecimal() and len(digits) <= 8 else 0


def last_day(date: str) -> int:
    """Return the last day that an ISO date, whole or cut, can mean, as `date_number` does.

    >>> last_day("2024-06")
    20240699
    """
    return int(date.replace("-", "").ljust(8, "9"))
