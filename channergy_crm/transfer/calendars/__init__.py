"""Calendar files (iCalendar): what stands in somebody's calendar goes out, events of other programs come in (SI-31)."""
