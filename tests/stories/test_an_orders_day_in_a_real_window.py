from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHOPIFY = (
    "Name,Email,Financial Status,Paid at,Fulfillment Status,Currency,Subtotal,Shipping,Taxes,Total,"
    "Created at,Lineitem quantity,Lineitem name,Lineitem price,Shipping Name,Shipping Street,"
    "Shipping City,Shipping Zip,Shipping Country,Billing Name,Id\n"
    "#5001,ada@example.com,paid,2026-10-04 10:00:00 -0400,,USD,40.00,5.00,0.00,45.00,"
    "2026-10-04 10:00:00 -0400,1,Rain Ring - 7,40.00,Ada Byron,3 Lighthouse Road,Portland,04101,US,"
    "Ada Byron,9001\n"
    "#5002,bo@example.com,paid,2026-10-04 11:00:00 -0400,,USD,30.00,5.00,0.00,35.00,"
    "2026-10-04 11:00:00 -0400,1,Fern Studs,30.00,Bo Lind,5 Lighthouse Road,Portland,04101,US,"
    "Bo Lind,9002\n"
)

pytestmark = pytest.mark.skipif(
    sys.platform != "linux", reason="Xvfb is the screen of Linux machines without one"
)


@pytest.fixture
def screen() -> Iterator[str]:
    """A screen of its own that nobody looks at."""
    server = shutil.which("Xvfb")
    assert server, "Xvfb is missing: resources/desk test brings it"
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [server, "-displayfd", str(writing), "-screen", "0", "1440x900x24", "-nolisten", "tcp"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    with os.fdopen(reading) as told:
        number = told.readline().strip()
    yield f":{number}"
    process.terminate()
    process.wait(10)


def test_an_order_is_made_packed_printed_and_shipped_by_keyboard_alone(
    screen: str, tmp_path: Path
) -> None:
    orders = tmp_path / "shopify_orders.csv"
    orders.write_text(SHOPIFY, encoding="utf-8")
    folder = tmp_path / "desk"

    told = subprocess.run(
        [sys.executable, "-m", "tests.stories.day_in_a_window", str(folder), str(orders)],
        cwd=ROOT,
        env={**os.environ, "DISPLAY": screen, "QT_QPA_PLATFORM": "xcb"},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert told.returncode == 0, told.stderr
    assert told.stderr == ""
    seen = json.loads(told.stdout)
    papers = [Path(path) for path in seen.pop("papers")]
    assert seen == {
        "platform": "xcb",
        "orders": 2,
        "bench": "#5001 · Ada Byron",
        "done before the checks": False,
        "done after them": True,
        "after Enter": "packed",
        "handed over": "shipped",
        "taken back": "packed",
        "done again": "shipped",
        "dark on the screen": True,
    }
    assert [path.read_bytes()[:4] for path in papers] == [b"%PDF", b"%PDF"]
    assert len(list((folder / "backups").iterdir())) >= 1
