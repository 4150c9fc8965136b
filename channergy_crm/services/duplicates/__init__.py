"""Records that look alike: warned of, found, proposed as one, merged."""
