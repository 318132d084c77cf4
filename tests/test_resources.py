"""Resources are found beside the code or inside the wheel."""

from __future__ import annotations

from jeweler_desk.resources import resource


def test_the_faces_no_package_gives_are_there_with_their_licenses() -> None:
    for name in ("DroidSansFallback", "NotoSansSymbols2", "NotoSansCJKRare"):
        assert "icense" in resource(f"fonts/{name}-LICENSE.txt").read_text(encoding="utf-8")
    assert resource("fonts/DroidSansFallback.ttf").is_file()
    assert resource("fonts/NotoSansSymbols2-Regular.ttf").is_file()
    assert resource("fonts/NotoSansCJKRare-Regular.ttf").is_file()
