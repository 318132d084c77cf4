"""Making: the pieces by stage, the one at hand large beneath them; all of it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import chain
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from jeweler_desk.domain.order import LineItemId, OrderId
from jeweler_desk.domain.wording import count_text, day_text
from jeweler_desk.services.changes import Topic
from jeweler_desk.services.making import Column, Making, Piece
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.in_turns import InTurns
from jeweler_desk.ui.pages.page import Page, bare_row
from jeweler_desk.ui.paper_tray import PaperTray
from jeweler_desk.ui.theme import (
    NO_SPACE,
    PICTURE_LARGE,
    SPACE_L,
    SPACE_M,
    SPACE_S,
    Tone,
    Type,
)
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.checklist import CheckItem, CheckRow
from jeweler_desk.ui.widgets.empty_state import EmptyState
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.piece_card import PieceCard
from jeweler_desk.ui.widgets.piece_picture import PiecePicture
from jeweler_desk.ui.widgets.scroll import Scroll
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.words import Said, joined, piece_details, sentence

_MOST_CARDS: Final = 60
_AT_ONCE: Final = 4
_LEAST_WIDTH: Final = 170
_ACTS: Final = ("making.on", "making.back", "making.read", "making.ticket", "making.open")


class MakingPage(Page):
    """The board, and the piece at hand."""

    topics = frozenset({Topic.ORDERS, Topic.SETTINGS})

    def __init__(self, frame: Frame, making: Making, settings: Settings, tray: PaperTray) -> None:
        super().__init__(frame, "Making")
        self._making = making
        self._settings = settings
        self._tray = tray
        self._columns: list[list[PieceCard]] = []
        self._stages: list[Card] = []
        self._chosen: tuple[OrderId, LineItemId] | None = None
        self._shown: Piece | None = None
        self._turns = InTurns(self)
        self._build()
        frame.look.changed.connect(self._widen)

    # ---- set out

    def _build(self) -> None:
        work = QWidget()
        column = QVBoxLayout(work)
        column.setContentsMargins(*NO_SPACE)
        column.setSpacing(SPACE_L)
        self._board = QHBoxLayout()
        self._board.setSpacing(SPACE_M)
        self._board.setContentsMargins(*NO_SPACE)
        self._room = Scroll("The stages of making")
        self._room.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._room.hold(self._board)
        column.addWidget(self._room, 1)
        column.addWidget(self._hand())
        self._empty_button = Button("Look at all orders", "primary", room="large")
        self._empty_button.follow(self.frame_.actions["view.all"])
        empty = EmptyState(
            self.frame_.look,
            "make",
            "Nothing is to make",
            "Paid orders come here by themselves and leave with their parcel.",
            self._empty_button,
        )
        holder = QWidget()
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(work)
        self._stack.addWidget(empty)
        self._work, self._empty = work, empty
        self.body.addWidget(holder, 1)

    def _hand(self) -> Card:
        """Set out the piece at hand: its words large, the tick, what can be done."""
        card = Card()
        self._picture = QHBoxLayout()
        self._title = ElidedText("", Type.HEADING)
        self._details = ElidedText("", soft=True)
        self.words = Text("", Type.BENCH, wrap=True)
        self.words.set_tone(Tone.ACCENT)
        said = QVBoxLayout()
        said.setSpacing(SPACE_S // 2)
        said.addWidget(self._title)
        said.addWidget(self._details)
        said.addWidget(self.words)
        said.addStretch(1)
        item = CheckItem("read", "Read letter by letter", "ticked before it is begun")
        self.read_row = CheckRow(self.frame_.look, item)
        self.read_row.clicked.connect(self.toggle_read)
        right = QVBoxLayout()
        right.setSpacing(SPACE_S)
        right.addWidget(self.read_row)
        right.addStretch(1)
        buttons = FlowLayout()
        self.back_button, self.on_button = Button("Back"), Button("On", "primary")
        for button, id_ in ((self.back_button, "making.back"), (self.on_button, "making.on")):
            button.follow(self.frame_.actions[id_])
        ticket, opened = Button("Work ticket"), Button("Open order")
        ticket.follow(self.frame_.actions["making.ticket"])
        opened.follow(self.frame_.actions["making.open"])
        for button in (opened, ticket, self.back_button, self.on_button):
            buttons.addWidget(button)
        right.addLayout(buttons)
        row = bare_row(SPACE_L)
        row.addLayout(self._picture)
        row.addLayout(said, 3)
        row.addLayout(right, 4)  # its four acts stand in one row in a small window too
        card.body.addLayout(row)
        return card

    # ---- what is shown

    def refresh(self) -> None:
        """Read the board anew; the piece at hand stays where it went."""
        had_focus = any(card.hasFocus() for card in self.cards())
        wanted = self._chosen
        board = self._making.board()
        self._fill(board, wanted)
        count = sum(len(column.pieces) for column in board)
        late = sum(self._is_late(piece) for column in board for piece in column.pieces)
        told = [count_text(count, "piece"), f"{late} late" if late else ""]
        self.subtitle.setText(joined(told) if count else "Nothing is to make")
        cards = self.cards()
        self._stack.setCurrentWidget(self._work if cards else self._empty)
        here = next((card for card in cards if _key(card.piece) == wanted), None)
        if here is None:
            here = cards[0] if cards else None
        self._choose(here)
        if had_focus and here is not None:
            here.setFocus()

    def _fill(self, board: Sequence[Column], wanted: tuple[OrderId, LineItemId] | None) -> None:
        """Lay out the board: each stage's first cards at once, the others a few at a time."""
        later: list[Iterator[None]] = []
        while (item := self._board.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._columns = []
        self._stages = []
        for column in board:
            card = Card(sentence(column.stage.name), str(len(column.pieces)))
            if (inside := card.layout()) is not None:
                inside.setContentsMargins(SPACE_S, SPACE_M, SPACE_S, SPACE_S)
            self._stages.append(card)
            pieces = QVBoxLayout()
            pieces.setContentsMargins(*NO_SPACE)
            pieces.setSpacing(SPACE_S)
            shown = column.pieces[:_MOST_CARDS]
            here = next((at for at, each in enumerate(shown) if _key(each) == wanted), 0)
            at_once = max(_AT_ONCE, here + 1)
            cards = [self._card(piece) for piece in shown[:at_once]]
            for each in cards:
                pieces.addWidget(each)
            later.append(self._add_later(pieces, cards, shown[at_once:]))
            hidden = len(column.pieces) - len(shown)
            if hidden:
                pieces.addWidget(Text(f"and {hidden} more", Type.SMALL, soft=True))
            pieces.addStretch(1)
            scroll = Scroll(f"Pieces at {column.stage.name}")
            scroll.hold(pieces)
            card.body.addWidget(scroll, 1)
            self._board.addWidget(card, 1)
            self._columns.append(cards)
        self._widen()
        self._turns.begin(chain(*later), 0)

    def _add_later(
        self, into: QVBoxLayout, cards: list[PieceCard], pieces: Sequence[Piece]
    ) -> Iterator[None]:
        for piece in pieces:
            card = self._card(piece)
            into.insertWidget(len(cards), card)
            cards.append(card)
            yield

    def _widen(self) -> None:
        """Give every stage its least width at the present size of text."""
        for card in self._stages:
            card.setMinimumWidth(self.frame_.look.px(_LEAST_WIDTH))

    def _card(self, piece: Piece) -> PieceCard:
        card = PieceCard(self.frame_.look, piece, self._due(piece))
        card.chosen.connect(self._choose)
        card.stepped.connect(partial(self._step, card))
        card.ticked.connect(self.toggle_read)
        return card

    def _is_late(self, piece: Piece) -> bool:
        is_due = piece.ship_by is not None and piece.ship_by < self._settings.today()
        return is_due and not piece.is_waiting

    def _due(self, piece: Piece) -> Said | None:
        if piece.is_waiting:
            return Said("waiting", Tone.DUE)
        if piece.ship_by is None:
            return None
        today = self._settings.today()
        if piece.ship_by < today:
            return Said(f"late · {day_text(piece.ship_by, today)}", Tone.LATE)
        tone = Tone.DUE if piece.ship_by == today else Tone.NEUTRAL
        return Said(f"by {day_text(piece.ship_by, today)}", tone)

    def cards(self) -> list[PieceCard]:
        """Return every card of the board, stage by stage."""
        return [card for column in self._columns for card in column]

    @property
    def chosen(self) -> Piece | None:
        """The piece at hand."""
        return self._shown

    def _choose(self, chosen: PieceCard | None) -> None:
        for card in self.cards():
            card.be_chosen(is_chosen=card is chosen)
        if chosen is not None and (column := chosen.parentWidget()) is not None:
            self._room.ensureWidgetVisible(column)
        piece = chosen.piece if chosen else None
        self._chosen = _key(piece) if piece else None
        self._shown = piece
        actions = self.frame_.actions
        for id_ in _ACTS:
            actions[id_].setEnabled(piece is not None)
        if piece is None:
            return
        line = piece.line
        while (item := self._picture.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        photo = self.frame_.photo_of(line)
        picture = PiecePicture(self.frame_.look, PICTURE_LARGE, line.title, photo)
        self._picture.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
        self._title.setText(line.title)
        self._details.setText(joined([piece.number, piece.customer or "", piece_details(line)]))
        self.words.setText(f"“{line.personalization}”" if line.personalization else "")
        for part in (self.words, self.read_row):
            part.setVisible(bool(line.personalization))
        self.read_row.setChecked(bool(line.personalization) and not piece.must_be_read)
        actions["making.read"].setEnabled(bool(line.personalization))
        stages = self._settings.stages()
        after, before = stages.moved(line, 1), stages.moved(line, -1)
        actions["making.on"].setEnabled(after is not None)
        actions["making.back"].setEnabled(before is not None)
        self.on_button.say(f"On to {after.name}" if after else "On")
        self.back_button.say(f"Back to {before.name}" if before else "Back")

    def show_piece(self, order_id: str) -> None:
        """Choose the first piece of an order that is still to begin, or any of it."""
        self.refresh()
        self._turns.finish()
        cards = [card for card in self.cards() if str(card.piece.order_id) == order_id]
        unread = [card for card in cards if card.piece.must_be_read]
        for card in (unread or cards)[:1]:
            card.setFocus()
            self._choose(card)

    def panes(self) -> Sequence[QWidget]:
        """Return the piece at hand and the button that moves it on."""
        here = next((card for card in self.cards() if _key(card.piece) == self._chosen), None)
        return (here, self.on_button) if here else (self._empty_button,)

    def _step(self, card: PieceCard, across: int, down: int) -> None:
        """Go to a neighbor: within the stage, or to the nearest stage that has pieces."""
        at = next(place for place, cards in enumerate(self._columns) if card in cards)
        row = self._columns[at].index(card)
        if down:
            goal = row + down
            if 0 <= goal < len(self._columns[at]):
                self._columns[at][goal].setFocus()
            return
        at += across
        while 0 <= at < len(self._columns):
            cards = self._columns[at]
            if cards:
                cards[min(row, len(cards) - 1)].setFocus()
                return
            at += across

    # ---- what can be done

    def move_by(self, by: int) -> None:
        """Move the piece at hand on, or back."""
        piece = self._shown
        if piece is None:
            return
        wanted = self._settings.stages().moved(piece.line, by)
        name = wanted.name if wanted else ""
        self.frame_.act(
            lambda: self._making.move(piece.order_id, piece.line.id, by),
            f"{piece.line.title} of {piece.number}: {name}.",
        )

    def toggle_read(self) -> None:
        """Tick the words of the piece at hand, or take the tick away."""
        piece = self._shown
        if piece is not None and piece.line.personalization:
            is_read = piece.must_be_read
            self.frame_.act(
                lambda: self._making.mark_read(piece.order_id, piece.line.id, is_read=is_read),
                "The words are read." if is_read else "The words are to be read again.",
            )

    def print_ticket(self) -> None:
        """Make the work ticket of the piece at hand."""
        if self._shown is not None:
            self._tray.print_tickets([self._shown.order_id])

    def open_order(self) -> None:
        """Show the order of the piece at hand."""
        if self._shown is not None:
            self.link_opened.emit(f"order:{self._shown.channel}:{self._shown.number}")


def _key(piece: Piece) -> tuple[OrderId, LineItemId]:
    return piece.order_id, piece.line.id
