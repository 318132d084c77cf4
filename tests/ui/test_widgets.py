from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from jeweler_desk.ui.appearance import Appearance
from jeweler_desk.ui.theme import LIGHT, Tone
from jeweler_desk.ui.widgets.avatar import initials_of
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.card import Card
from jeweler_desk.ui.widgets.checklist import CheckItem, Checklist
from jeweler_desk.ui.widgets.choice_field import ChoiceField
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.halves import Halves
from jeweler_desk.ui.widgets.packing_timer import PackingTimer, minutes_and_seconds
from jeweler_desk.ui.widgets.piece_picture import PiecePicture, piece_kind
from jeweler_desk.ui.widgets.sidebar import Badge, Place, Sidebar
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import ElidedText, Text
from jeweler_desk.ui.widgets.tick_box import TickBox
from jeweler_desk.ui.widgets.two_columns import TwoColumns


@pytest.mark.parametrize(
    ("name", "initials"),
    [
        ("Marisol Aguirre", "MA"),
        ("Ashlee", "A"),
        ("J. R. R. Tolkien", "JT"),
        ("山口 さくら", "山さ"),
        ("anna@example.com", "A"),
        ("…", "?"),
        ("", "?"),
    ],
)
def test_a_person_is_recognized_by_two_initials(name: str, initials: str) -> None:
    assert initials_of(name) == initials


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Rain Ring, sterling silver", "piece-ring"),
        ("Jade Drop Earrings", "piece-earrings"),
        ("Sea Pearl Hoops", "piece-earrings"),
        ("Harbor Moon Pendant", "piece-necklace"),
        ("Hammered cuff", "piece-bracelet"),
        ("Leaf brooch", "piece-brooch"),
        ("Polishing Cloth", "piece-other"),
    ],
)
def test_a_piece_without_a_photo_is_drawn_by_its_kind(title: str, kind: str) -> None:
    assert piece_kind(title) == kind


def test_a_photo_is_shown_where_there_is_one(
    qtbot: QtBot, look: Appearance, tmp_path: Path
) -> None:
    path = tmp_path / "ring.png"
    photo = QImage(80, 40, QImage.Format.Format_RGB32)
    photo.fill(QColor("#00AA00"))
    photo.save(str(path))
    picture = PiecePicture(look, 40, "Ring")
    qtbot.addWidget(picture)
    drawn = picture.grab().toImage().pixelColor(20, 3)
    picture.show_piece("Ring", path)
    assert picture.grab().toImage().pixelColor(20, 20).name() == "#00aa00"
    picture.show_piece("Ring", tmp_path / "gone.png")
    assert picture.grab().toImage().pixelColor(20, 3) == drawn


def test_a_chip_is_a_word_and_says_it_aloud(qtbot: QtBot, look: Appearance) -> None:
    chip = StatusChip(look, "paid", Tone.GOOD)
    qtbot.addWidget(chip)
    narrow = chip.sizeHint().width()
    chip.show_state("part shipped", Tone.DUE)
    assert (chip.text, chip.tone, chip.accessibleName()) == (
        "part shipped",
        Tone.DUE,
        "part shipped",
    )
    assert chip.sizeHint().width() > narrow
    chip.resize(chip.sizeHint())
    ground = chip.grab().toImage().pixelColor(chip.width() // 2, 2)
    assert ground.name() == LIGHT.tones[Tone.DUE].ground.lower()


def test_a_customers_words_are_never_markup(qtbot: QtBot) -> None:
    label = Text("<h1>Hello</h1> & <img src=x>")
    qtbot.addWidget(label)
    assert label.textFormat() is Qt.TextFormat.PlainText
    assert label.text() == "<h1>Hello</h1> & <img src=x>"
    assert label.sizeHint().height() < 2 * label.fontMetrics().height()


def test_a_long_line_ends_in_an_ellipsis_and_keeps_all_of_it(qtbot: QtBot) -> None:
    label = ElidedText("Rain Ring, Labradorite and Sterling Silver\nsecond line")
    qtbot.addWidget(label)
    label.resize(label.sizeHint())
    assert label.shown_text.endswith("second line")
    label.resize(60, 20)
    label.grab()
    assert label.shown_text.endswith("…")
    assert label.text().startswith("Rain Ring, Labradorite")
    assert label.minimumSizeHint().width() < 60


def test_enter_presses_the_button_that_has_the_focus(qtbot: QtBot) -> None:
    pressed: list[bool] = []
    button = Button("Pack & go")
    qtbot.addWidget(button)
    button.clicked.connect(lambda: pressed.append(True))
    button.show()
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
        qtbot.keyClick(button, key)
    assert len(pressed) == 3
    assert button.text() == "Pack && go"
    assert button.accessibleName() == "Pack & go"


def test_the_tick_list_tells_every_tick(qtbot: QtBot, look: Appearance) -> None:
    told: list[bool] = []
    checklist = Checklist(look)
    qtbot.addWidget(checklist)
    checklist.changed.connect(lambda: told.append(True))
    checklist.show_items([CheckItem("made", "Made right", "size 7½"), CheckItem("slip", "Slip in")])
    checklist.show()
    row = checklist.row("made")
    assert row.accessibleName() == "Made right"
    assert row.accessibleDescription() == "size 7½"
    assert row.height() >= 48
    qtbot.keyClick(row, Qt.Key.Key_Space)
    qtbot.mouseClick(checklist.row("slip"), Qt.MouseButton.LeftButton, pos=QPoint(60, 10))
    assert checklist.is_ticked("made")
    assert checklist.is_ticked("slip")
    assert not checklist.is_ticked("no such row")
    assert len(told) == 2
    checklist.grab()
    checklist.show_items([CheckItem("made", "Made right")])
    assert [row.isChecked() for row in checklist.rows()] == [False]


def test_long_words_make_a_row_higher_not_cut(qtbot: QtBot, look: Appearance) -> None:
    checklist = Checklist(look)
    qtbot.addWidget(checklist)
    checklist.show_items([CheckItem("made", "Made right", "measured twice " * 12)])
    row = checklist.row("made")
    assert row.heightForWidth(300) > row.heightForWidth(900) >= 48
    look.set_scale(150)
    assert row.heightForWidth(900) > 72


def test_the_timer_counts_pauses_out_and_never_scolds(qtbot: QtBot, look: Appearance) -> None:
    now = [1000]
    timer = PackingTimer(look, lambda: now[0])
    qtbot.addWidget(timer)
    assert timer.text == "0:00"
    timer.restart()
    now[0] += 192_000
    timer.show_time()
    assert timer.text == "3:12"
    timer.pause()
    timer.pause()
    now[0] += 600_000
    assert timer.seconds == 192
    assert not timer.is_running
    timer.resume()
    timer.resume()
    now[0] += 120_000
    timer.show_time()
    assert timer.text == "5:12"
    said = [label.text() for label in timer.findChildren(Text)]
    assert "past five minutes – take the time it needs" in said
    timer.grab()
    timer.restart()
    assert timer.seconds == 0


def test_a_span_is_written_as_minutes_and_seconds() -> None:
    assert minutes_and_seconds(65) == "1:05"


def test_buttons_flow_into_the_next_row_where_the_room_ends(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    flow = FlowLayout(holder)
    parts = [Button(f"View {number}") for number in range(6)]
    for part in parts:
        flow.addWidget(part)
    wide = flow.sizeHint().width()
    assert flow.heightForWidth(wide) == parts[0].sizeHint().height()
    assert flow.heightForWidth(wide // 2) > flow.heightForWidth(wide)
    holder.resize(wide // 2, 200)
    holder.show()
    assert parts[-1].y() > parts[0].y()
    assert flow.minimumSize().width() == max(part.minimumSizeHint().width() for part in parts)
    parts[-1].hide()
    assert flow.count() == 6
    assert flow.itemAt(9) is None
    assert flow.takeAt(5) is not None
    assert flow.takeAt(5) is None
    assert flow.expandingDirections() == Qt.Orientation(0)


def test_a_usual_answer_is_one_press_and_can_be_changed(qtbot: QtBot) -> None:
    field = ChoiceField(("by phone", "on Etsy"))
    qtbot.addWidget(field)
    qtbot.mouseClick(field.buttons[1], Qt.MouseButton.LeftButton)
    assert field.text == "on Etsy"
    qtbot.keyClicks(field.line, ", at noon")
    assert field.text == "on Etsy, at noon"


def test_a_small_box_is_ticked_by_its_words_too(qtbot: QtBot) -> None:
    box = TickBox("It is a gift")
    qtbot.addWidget(box)
    box.resize(box.sizeHint())
    box.show()
    empty = box.grab().toImage()
    qtbot.keyClick(box, Qt.Key.Key_Space)
    assert box.isChecked()
    assert box.grab().toImage() != empty


def test_the_sidebar_names_every_page_with_what_waits(qtbot: QtBot, look: Appearance) -> None:
    sidebar = Sidebar(look)
    qtbot.addWidget(sidebar)
    sidebar.show()
    chosen: list[Place] = []
    sidebar.chosen.connect(chosen.append)
    sidebar.show_shop("")
    sidebar.show_badge(Place.MAIL, Badge(3, Tone.LATE, "waiting"))
    sidebar.show_badge(Place.BENCH, Badge(0, Tone.DUE, "to pack"))
    buttons = {each.text(): each for each in sidebar.findChildren(QAbstractButton)}
    assert buttons["Mail"].accessibleName() == "Mail, 3 waiting"
    assert buttons["Bench"].accessibleName() == "Bench"
    qtbot.mouseClick(buttons["Mail"], Qt.MouseButton.LeftButton)
    buttons["Mail"].setFocus()
    qtbot.keyClick(buttons["Mail"], Qt.Key.Key_Down)
    assert sidebar.focusWidget() is buttons["Listings"]
    qtbot.keyClick(buttons["Supplies"], Qt.Key.Key_Down)
    qtbot.keyClick(buttons["Settings"], Qt.Key.Key_Down)
    qtbot.keyClick(buttons["Today"], Qt.Key.Key_Return)
    assert chosen == [Place.MAIL, Place.TODAY]
    sidebar.grab()
    wide = sidebar.width()
    sidebar.be_narrow(True)
    sidebar.be_narrow(True)
    sidebar.grab()
    assert sidebar.width() < wide / 2
    assert buttons["Mail"].toolTip() == "Mail, 3 waiting"
    sidebar.show_lines(["Mail read just now", ""])
    assert sidebar.lines() == ["Mail read just now", ""]
    sidebar.be_narrow(False)
    assert sidebar.width() == wide


def test_a_field_keeps_its_placeholder_readable(qtbot: QtBot, look: Appearance) -> None:
    del look
    field = QLineEdit()
    field.setPlaceholderText("Filter this list…")
    qtbot.addWidget(field)
    field.resize(QSize(200, 40))
    picture = field.grab().toImage()
    inks = {picture.pixelColor(x, y).name() for x in range(200) for y in range(40)}
    assert LIGHT.soft_ink.lower() in inks


def test_two_parts_stand_side_by_side_or_below_each_other(qtbot: QtBot, look: Appearance) -> None:
    left, right = QWidget(), QWidget()
    halves = Halves(look, (left, right), (9, 4))
    qtbot.addWidget(halves)
    halves.resize(1300, 700)
    halves.show()
    assert halves.orientation() is Qt.Orientation.Horizontal
    assert left.width() > 2 * right.width()
    halves.resize(600, 900)
    assert halves.orientation() is Qt.Orientation.Vertical
    halves.resize(600, 400)
    assert halves.orientation() is Qt.Orientation.Horizontal
    assert right.width() > left.width() / 2


def test_cards_stand_in_reading_order(qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    cards = [Card(name) for name in ("one", "two", "three")]
    columns = TwoColumns(cards)
    holder.setLayout(columns)
    holder.resize(900, 600)
    holder.show()
    assert cards[1].x() > cards[0].x()
    assert cards[2].x() == cards[0].x()
    columns.set_count(1)
    columns.set_count(1)
    qtbot.waitUntil(lambda: cards[0].y() < cards[1].y() < cards[2].y())
    cards[0].body.addWidget(Text("a row"))
    cards[0].clear()
    assert cards[0].body.count() == 0
