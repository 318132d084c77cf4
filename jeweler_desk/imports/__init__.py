"""Files of marketplaces: bytes in, values of the domain and set-aside rows out."""
