"""Mail: bytes become messages, files and servers become folders of them."""
