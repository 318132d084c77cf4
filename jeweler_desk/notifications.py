"""Desktop notifications on Linux, through the session's own notification service."""

from __future__ import annotations

import sys
from collections.abc import Callable
from html import escape
from threading import Thread
from typing import TYPE_CHECKING, Any, Final

from jeweler_desk.domain.refusal import RefusedError

if TYPE_CHECKING:
    from jeepney.io.blocking import DBusConnection

OPEN: Final = "open"
LATER: Final = "later"

_WAIT_SECONDS: Final = 5
_NORMAL: Final = 1
_SERVICE: Final = "org.freedesktop.Notifications"
# The first is what a click on the notification itself means.
_BUTTONS: Final = ("default", "Open", OPEN, "Open", LATER, "Later")
_MEANS: Final = {"default": OPEN, OPEN: OPEN, LATER: LATER}


class NotShownError(RefusedError):
    """The desktop shows no notification; the sentence says what to do instead."""


def show_notification(title: str, text: str, answered: Callable[[str], None] | None = None) -> None:
    """Show one notification. Raises `NotShownError` where the desktop has no service for it.

    ``answered`` hears ``open`` or ``later``, in a thread of its own, where the desktop has buttons.
    """
    if sys.platform != "linux":
        raise NotShownError(
            "Desktop notifications come from the open program here: keep its window open."
        )
    from jeepney.io.blocking import open_dbus_connection  # noqa: PLC0415 - only Linux has it
    from jeepney.wrappers import DBusErrorResponse  # noqa: PLC0415 - likewise

    try:
        connection = open_dbus_connection(bus="SESSION")
        try:
            known = set(_asked(connection, "GetCapabilities")[0])
            has_buttons = answered is not None and "actions" in known
            if has_buttons:
                _listen_to(connection)
            hints = {"urgency": ("y", _NORMAL), "category": ("s", "email")}
            # A name is no markup.
            shown = escape(text, quote=False) if "body-markup" in known else text
            buttons = list(_BUTTONS) if has_buttons else []
            cells = ("Jeweler Desk", 0, "", title, shown, buttons, hints, -1)
            number = _asked(connection, "Notify", "susssasa{sv}i", cells)[0]
        except BaseException:
            connection.close()
            raise
    except (OSError, KeyError, TimeoutError, DBusErrorResponse) as error:
        raise NotShownError(
            "This desktop shows no notifications; the list itself is complete."
        ) from error
    if answered is None or not has_buttons:
        connection.close()
        return
    Thread(target=_wait, args=(connection, number, answered), daemon=True, name="notice").start()


def _asked(
    connection: DBusConnection, method: str, signature: str | None = None, cells: object = ()
) -> Any:
    from jeepney import DBusAddress, new_method_call  # noqa: PLC0415 - only Linux has it
    from jeepney.wrappers import unwrap_msg  # noqa: PLC0415 - likewise

    service = DBusAddress("/org/freedesktop/Notifications", bus_name=_SERVICE, interface=_SERVICE)
    call = new_method_call(service, method, signature, cells)
    return unwrap_msg(connection.send_and_get_reply(call, timeout=_WAIT_SECONDS))


def _listen_to(connection: DBusConnection) -> None:
    """Ask the bus for the signals of the notification service, before anything is shown."""
    from jeepney import MatchRule, message_bus  # noqa: PLC0415 - only Linux has it
    from jeepney.wrappers import unwrap_msg  # noqa: PLC0415 - likewise

    rule = MatchRule(type="signal", interface=_SERVICE)
    call = message_bus.AddMatch(rule)
    unwrap_msg(connection.send_and_get_reply(call, timeout=_WAIT_SECONDS))


def _wait(connection: DBusConnection, number: int, answered: Callable[[str], None]) -> None:
    """Wait until a notification is answered, is gone, or the desktop ends."""
    from jeepney import HeaderFields, MessageType  # noqa: PLC0415 - only Linux has it
    from jeepney.wrappers import DBusErrorResponse  # noqa: PLC0415 - likewise

    try:
        while True:
            told = connection.receive()
            if told.header.message_type is not MessageType.signal or number not in told.body[:1]:
                continue
            member = told.header.fields.get(HeaderFields.member)
            if member == "ActionInvoked" and told.body[1] in _MEANS:
                answered(_MEANS[told.body[1]])
                _asked(connection, "CloseNotification", "u", (number,))
                return
            if member == "NotificationClosed":
                return
    except (OSError, EOFError, DBusErrorResponse):
        return
    finally:
        connection.close()
