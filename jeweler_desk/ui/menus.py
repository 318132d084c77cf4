"""The menus of the window, which stand there before anything fills them."""

from __future__ import annotations

from enum import StrEnum


class Menu(StrEnum):
    """The menus, in order."""

    DESK = "Desk"
    EDIT = "Edit"
    GO = "Go"
    ORDERS = "Orders"
    MAKING = "Making"
    BENCH = "Bench"
    MAIL = "Mail"
    LISTINGS = "Listings"
    SUPPLIES = "Supplies"
    LOOK = "Look"
