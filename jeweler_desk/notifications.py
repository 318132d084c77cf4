"""Desktop notifications on Linux, through the session's own notification service."""

from __future__ import annotations

import sys
from typing import Final

from jeweler_desk.domain.refusal import RefusedError

_WAIT_SECONDS: Final = 5
_NORMAL: Final = 1


class NotShownError(RefusedError):
    """The desktop shows no notification; the sentence says what to do instead."""


def show_notification(title: str, text: str) -> None:
    """Show one notification. Raises `NotShownError` where the desktop has no service for it."""
    if sys.platform != "linux":
        raise NotShownError(
            "Desktop notifications come from the open program here: keep its window open."
        )
    from jeepney import DBusAddress, new_method_call  # noqa: PLC0415 - only Linux has it
    from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 - likewise
    from jeepney.wrappers import DBusErrorResponse, unwrap_msg  # noqa: PLC0415 - likewise

    service = DBusAddress(
        "/org/freedesktop/Notifications",
        bus_name="org.freedesktop.Notifications",
        interface="org.freedesktop.Notifications",
    )
    hints = {"urgency": ("y", _NORMAL), "category": ("s", "email")}
    cells: tuple[object, ...] = ("Jeweler Desk", 0, "", title, text, [], hints, -1)
    try:
        connection = open_dbus_connection(bus="SESSION")
        try:
            call = new_method_call(service, "Notify", "susssasa{sv}i", cells)
            unwrap_msg(connection.send_and_get_reply(call, timeout=_WAIT_SECONDS))
        finally:
            connection.close()
    except (OSError, KeyError, TimeoutError, DBusErrorResponse) as error:
        raise NotShownError(
            "This desktop shows no notifications; the list itself is complete."
        ) from error
