"""Reading mail from files, the seller's own word, and what the window asks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jeweler_desk.domain.mailbox import AccountReading, FolderReading, MailAccount, SeenCopy
from jeweler_desk.domain.message import FolderKind
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.mail.imap_mailbox import ImapMailbox
from jeweler_desk.mail.letter_files import LetterFiles
from jeweler_desk.mail.mime import read_message
from jeweler_desk.services.correspondence import MailEdges
from jeweler_desk.services.desk import Desk
from jeweler_desk.store.database import Store
from jeweler_desk.wiring import build_desk
from tests.builders import an_order
from tests.fakes import FixedClock
from tests.mailboxes import QuietMailbox
from tests.post import ANNA, ASKED_AT, MAKER, Drawer, Letter, Post

Q = Letter("q1@c.test")
REPLY = Letter(
    "r1@shop.test",
    folder="sent",
    hours=2,
    sender=f"The Maker <{MAKER}>",
    to=ANNA,
    subject="Re: Ring",
    more={"In-Reply-To": "<q1@c.test>"},
)
THANKS = Letter(
    "t1@c.test",
    hours=5,
    subject="Re: Ring",
    text="Thank you, it is gorgeous!",
    more={"In-Reply-To": "<r1@shop.test>"},
)
ACCOUNT = MailAccount(MAKER, "imap.shop.test", 993, MAKER)


@pytest.fixture
def post(desk: Desk, tmp_path: Path) -> Post:
    return Post(desk, tmp_path / "mail")


def counts(post: Post, folder: str) -> tuple[int, int, int, int]:
    (found,) = post.read(folder)
    return found.taken.read, found.taken.new, found.taken.moved, found.taken.gone


def test_reading_again_brings_nothing_new(post: Post) -> None:
    post.lay(Q)
    assert counts(post, "inbox") == (1, 1, 0, 0)
    assert counts(post, "inbox") == (1, 0, 0, 0)


def test_what_is_gone_from_a_path_is_noticed_and_still_waits(post: Post) -> None:
    file = post.lay(Q)
    post.read("inbox")
    file.unlink()
    assert counts(post, "inbox") == (0, 0, 0, 1)
    assert post.waiting() == ["q1@c.test"]


@pytest.mark.parametrize("first", ["inbox", "archive"])
def test_what_moved_to_another_path_is_one_message(post: Post, first: str) -> None:
    file = post.lay(Q)
    post.read("inbox")
    file.unlink()
    post.lay(Letter("q1@c.test", folder="archive"))
    second = "archive" if first == "inbox" else "inbox"
    told = [counts(post, first), counts(post, second)]
    assert sum(each[2] for each in told) == 1
    assert [each[1] for each in told] == [0, 0]
    assert [each.folder for each in post.listed().values()] == ["archive"]
    assert post.waiting() == ["q1@c.test"]


def test_what_was_moved_to_junk_by_hand_waits_no_more(post: Post) -> None:
    file = post.lay(Q)
    post.read("inbox")
    file.unlink()
    post.lay(Letter("q1@c.test", folder="junk"))
    post.read("junk", "inbox")
    row = post.listed()["q1@c.test"]
    assert (row.decision, row.clock, row.folder) == ("start", "answered", "junk")


def test_the_answered_letter_of_a_file_name_stops_the_clock_and_can_be_taken_back(
    post: Post,
) -> None:
    file = post.lay(Q)
    post.read("inbox")
    answered = file.rename(file.with_name("q1@c.test:2,RS"))
    post.read("inbox")
    row = post.listed()["q1@c.test"]
    assert (row.decision, row.clock) == ("start", "answered")
    answered.rename(file)
    post.read("inbox")
    assert post.waiting() == ["q1@c.test"]


def test_a_flag_beside_a_reply_takes_nothing_from_the_reply(post: Post) -> None:
    second = Letter("q2@c.test", hours=1, more={"In-Reply-To": "<q1@c.test>"})
    post.brings([Letter("q1@c.test", flags="R"), second, REPLY])
    assert post.decisions() == {"q1@c.test": "start", "q2@c.test": "keep", "r1@shop.test": "stop"}


def test_her_next_mail_after_a_flag_starts_a_clock(post: Post) -> None:
    second = Letter("q2@c.test", hours=9, more={"In-Reply-To": "<q1@c.test>"})
    post.brings([Letter("q1@c.test", flags="R"), second])
    assert post.decisions() == {"q1@c.test": "start", "q2@c.test": "start"}
    assert post.waiting() == ["q2@c.test"]


def test_one_message_in_two_folders_is_one_clock(post: Post) -> None:
    post.brings([Q, Letter("q1@c.test", folder="archive")])
    assert post.waiting() == ["q1@c.test"]
    assert len(post.listed()) == 1


def test_of_two_copies_the_earlier_received_counts_whichever_was_read_first(post: Post) -> None:
    post.lay(Letter("q1@c.test", hours=1))
    post.read("inbox")
    post.lay(Letter("q1@c.test", folder="archive"))
    post.read("archive")
    assert post.listed()["q1@c.test"].received_at == ASKED_AT


def test_messages_without_an_id_are_told_apart_by_their_headers(post: Post, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    for name, subject in (("a.eml", "Ring"), ("b.eml", "Chain")):
        raw = f"From: {ANNA}\nTo: {MAKER}\nSubject: {subject}\n\nHello?\n"
        (folder / name).write_text(raw, encoding="utf-8")
    for _ in range(2):
        post.desk.correspondence.read_files(folder, "inbox")
    assert sorted(each.subject for each in post.listed().values()) == ["Chain", "Ring"]


def test_a_file_that_holds_another_letter_now_is_read_again(post: Post, tmp_path: Path) -> None:
    file = tmp_path / "one.eml"
    file.write_bytes(Q.raw())
    post.desk.correspondence.read_files(file, "inbox")
    file.write_bytes(Letter("other@c.test", sender="bo@d.test", subject="Chain").raw())
    found = post.desk.correspondence.read_files(file, "inbox").taken
    assert (found.new, found.gone) == (1, 1)
    assert sorted(post.waiting()) == ["other@c.test", "q1@c.test"]


def test_a_file_that_is_no_mail_is_set_aside_and_the_rest_is_taken(
    post: Post, tmp_path: Path
) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "good.eml").write_bytes(Q.raw())
    (folder / "empty.eml").write_bytes(b"")
    (folder / "noise.eml").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    found = post.desk.correspondence.read_files(folder, "inbox")
    assert [Path(each.file).name for each in found.set_aside] == ["empty.eml", "noise.eml"]
    assert post.waiting() == ["q1@c.test"]


@pytest.mark.parametrize("name", ["nowhere", "empty", "picture.png"])
def test_a_path_that_is_no_mail_is_refused(post: Post, tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n\x00\x00")
    with pytest.raises(RefusedError, match="Nothing was read"):
        post.desk.correspondence.read_files(tmp_path / name, "inbox")


def test_a_folder_whose_letters_are_all_gone_is_still_known(post: Post, tmp_path: Path) -> None:
    folder = tmp_path / "letters"
    folder.mkdir()
    (folder / "one.eml").write_bytes(Q.raw())
    post.desk.correspondence.read_files(folder, "inbox")
    (folder / "one.eml").unlink()
    assert post.desk.correspondence.read_files(folder, "inbox").taken.gone == 1


LETTERS = [
    Q,
    REPLY,
    THANKS,
    Letter("q2@c.test", hours=1, subject="Re: Ring", more={"In-Reply-To": "<q1@c.test>"}),
    Letter("junk@c.test", folder="junk", hours=3, sender="Cora <cora@c.test>"),
    Letter("e1@x.test", sender="no-reply@account.etsy.com", subject="Etsy Conversation with Bo"),
    Letter("self@shop.test", hours=4, sender="hello@shop.test", to=MAKER, subject="note"),
    Letter("h1@shop.test", folder="sent", hours=6, sender="hello@shop.test", to="Bo <bo@d.test>"),
    Letter("b1@d.test", hours=5, sender="Bo <bo@d.test>", to="hello@shop.test"),
    Letter("q1@c.test", folder="archive", hours=0.5),
]
ORDER = an_order(number="#7", email="cora@c.test")


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.permutations(range(len(LETTERS) + 1)))
def test_the_order_of_reading_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, order: list[int]
) -> None:
    clock = FixedClock()
    with_all_at_once = _listed(tmp_path_factory, clock, list(range(len(LETTERS) + 1)), at_once=True)
    assert _listed(tmp_path_factory, clock, order, at_once=False) == with_all_at_once


def _listed(
    places: pytest.TempPathFactory, clock: FixedClock, order: list[int], *, at_once: bool
) -> list[object]:
    store = Store(None, now=clock.now)
    post = Post(build_desk(store, clock), places.mktemp("mail"))
    for index in order:
        if index == len(LETTERS):
            post.desk.orders.add(ORDER)
        else:
            post.lay(LETTERS[index])
            if not at_once:
                post.read(LETTERS[index].folder)
    if at_once:
        post.read()
    found: list[object] = [*post.desk.correspondence.listed()]
    found += post.desk.correspondence.waiting(clock.now())
    store.close()
    return found


def test_a_new_address_of_ours_judges_all_known_mail_anew(post: Post) -> None:
    letter = Letter(
        "r9@shop.test",
        hours=2,
        sender="me@private.test",
        to=ANNA,
        more={"In-Reply-To": "<q1@c.test>"},
    )
    post.brings([Q, letter])
    assert "q1@c.test" in post.waiting()
    post.desk.correspondence.mailboxes.add_identity("Me@private.test")
    assert post.decisions() == {"q1@c.test": "start", "r9@shop.test": "stop"}
    assert post.desk.correspondence.mailboxes.identities() == ["Me@private.test"]
    assert post.desk.correspondence.mailboxes.add_identity("me@PRIVATE.test") == frozenset()


def test_an_order_makes_a_customer_and_her_junk_a_letter(post: Post) -> None:
    post.brings([Letter("j1@c.test", folder="junk")])
    assert post.waiting() == []
    post.desk.orders.add(an_order(number="#8", email="anna@c.test"))
    assert post.waiting() == ["j1@c.test"]
    assert "rescued from spam" in post.listed()["j1@c.test"].reason


@pytest.mark.parametrize("message_id", ["q1@c.test", "<q1@c.test>", "mail:q1@c.test"])
def test_the_sellers_word_stops_a_clock_and_undo_brings_it_back(
    post: Post, clock: FixedClock, message_id: str
) -> None:
    post.brings([Q])
    post.desk.correspondence.mark_answered(message_id, "by phone")
    assert post.waiting() == []
    (done,) = post.desk.correspondence.recently_answered(5)
    assert (done.person, done.reason) == ("Anna Berg", "you said: answered (by phone)")
    assert done.answered_at == clock.now()
    assert post.desk.history.undo_label() == "Answered elsewhere: Ring"
    post.desk.history.undo()
    assert post.waiting() == ["q1@c.test"]
    post.desk.history.redo()
    assert post.waiting() == []


def test_no_reply_needed_is_told_as_said(post: Post) -> None:
    post.brings([Q])
    post.desk.correspondence.mark_no_reply_needed("q1@c.test", "a greeting\nonly")
    conversation = post.desk.correspondence.conversation("q1@c.test")
    assert conversation.reason == "you said: no reply needed (a greeting only)"


def test_a_word_on_an_unknown_message_is_refused(post: Post) -> None:
    for act in (
        post.desk.correspondence.mark_answered,
        post.desk.correspondence.mark_no_reply_needed,
    ):
        with pytest.raises(RefusedError, match="There is no message “x@y"):
            act("x@y.test", "by phone")


def test_beside_a_window_a_report_judges_without_writing(clock: FixedClock, tmp_path: Path) -> None:
    file = tmp_path / "desk.db"
    writer = Store(file, now=clock.now)
    post = Post(build_desk(writer, clock), tmp_path / "mail")
    post.brings([Letter("j1@c.test", folder="junk", subject="A brooch"), Q, REPLY])
    post.desk.orders.add(an_order(number="#8", email="anna@c.test"))
    reader = Store(file, now=clock.now, read_only=True)
    desk = build_desk(reader, clock)
    rows = {each.message_id: each for each in desk.correspondence.listed()}
    assert rows["j1@c.test"].decision == "start"
    assert [each.message_id for each in desk.correspondence.waiting(clock.now())] == ["j1@c.test"]
    assert [each.message_id for each in desk.correspondence.recently_answered(3)] == ["q1@c.test"]
    entries = desk.correspondence.conversation("q1@c.test").entries
    assert [each.message_id for each in entries] == ["q1@c.test", "r1@shop.test"]
    reader.close()
    assert post.desk.correspondence.refresh()
    assert not post.desk.correspondence.refresh()
    writer.close()


def test_a_kept_decision_or_clock_that_does_not_follow_is_named(post: Post, store: Store) -> None:
    post.brings([Q, Letter("q2@d.test", sender="Bo <bo@d.test>", subject="Chain")])
    assert post.desk.correspondence.mismatches() == []
    with store.write():
        store.run("UPDATE mail_messages SET decision = 'ignore' WHERE message_id = 'q1@c.test'")
        store.run("UPDATE mail_conversations SET due_at = NULL WHERE key = 'q2@d.test'")
    assert post.desk.correspondence.mismatches() == ["q1@c.test", "q2@d.test"]
    post.desk.correspondence.mark_answered("q1@c.test", "by phone")
    assert post.desk.correspondence.mismatches() == []


def test_a_conversation_is_read_from_its_oldest_letter(post: Post) -> None:
    post.brings([THANKS, REPLY, Q])
    conversation = post.desk.correspondence.conversation("t1@c.test")
    assert [(each.message_id, each.direction) for each in conversation.entries] == [
        ("q1@c.test", "in"),
        ("r1@shop.test", "out"),
        ("t1@c.test", "in"),
    ]
    assert conversation.entries[0].text == Q.text
    assert (conversation.person, conversation.clock) == ("Anna Berg", "soft")


def test_a_message_without_a_clock_is_a_conversation_of_its_own(post: Post) -> None:
    post.brings([Letter("n@x.test", more={"List-Id": "<n.test>"})])
    conversation = post.desk.correspondence.conversation("n@x.test")
    assert (conversation.clock, len(conversation.entries)) == ("none", 1)


def test_the_answer_is_begun_in_the_mail_program(post: Post) -> None:
    post.desk.settings.set("shop.signature", "Marit Sol")
    post.brings([Letter("q1@c.test", sender="Zoë & Co <zoe+ring@c.test>", subject="50 % off?")])
    link = urlsplit(post.desk.correspondence.reply_link("q1@c.test"))
    query = parse_qs(link.query)
    assert (link.scheme, unquote(link.path)) == ("mailto", "zoe+ring@c.test")
    assert query["subject"] == ["Re: 50 % off?"]
    assert query["body"][0].startswith("Dear Zoë,\r\n")
    assert query["body"][0].endswith("Yours truly,\r\nMarit Sol")


def test_nobody_is_addressed_by_a_mail_address(post: Post) -> None:
    post.brings([Letter("q1@c.test", sender="x.arrieta@c.test")])
    query = parse_qs(urlsplit(post.desk.correspondence.reply_link("q1@c.test")).query)
    assert query["body"][0].startswith("Dear …,")


def test_an_answer_by_mail_that_would_reach_nobody_is_refused(post: Post) -> None:
    post.brings([LETTERS[5]])
    with pytest.raises(RefusedError, match="answer in Etsy’s Messages"):
        post.desk.correspondence.reply_link("e1@x.test")


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("zoe", ["a@x.test", "b@x.test"]),
        ("gorge", ["b@x.test"]),
        ("chain zoë", ["a@x.test"]),
        ('ring" OR', ["a@x.test", "b@x.test"]),
        ("--", []),
    ],
)
def test_mail_is_found_by_the_beginnings_of_words(post: Post, words: str, found: list[str]) -> None:
    words_of_bo = "How gorgeous. Zoe sends you her ring, or so."
    post.brings(
        [
            Letter("a@x.test", sender="Zoë Lund <z@c.test>", subject="A chain and a ring, or two"),
            Letter("b@x.test", sender="Bo <b@c.test>", hours=-1, text=words_of_bo),
        ]
    )
    hits = post.desk.correspondence.search(words, 5)
    assert [each.message_id for each in hits] == found


@pytest.fixture
def mail_desk(store: Store, clock: FixedClock) -> Desk:
    return build_desk(store, clock, edges=MailEdges(LetterFiles(), ImapMailbox(), Drawer()))


def test_accounts_come_and_go_and_passwords_with_them(mail_desk: Desk) -> None:
    boxes = mail_desk.correspondence.mailboxes
    _, is_kept = boxes.add(ACCOUNT, "secret-1")
    assert is_kept and boxes.has_password(MAKER)
    assert [each.account for each in mail_desk.correspondence.accounts()] == [ACCOUNT]
    assert boxes.identities() == [MAKER]
    with pytest.raises(RefusedError, match="is there already"):
        boxes.add(ACCOUNT, None)
    boxes.remove(MAKER.upper())
    assert (boxes.all(), boxes.has_password(MAKER)) == ([], False)
    with pytest.raises(RefusedError, match="There is no account"):
        boxes.remove(MAKER)


@pytest.mark.parametrize(
    ("account", "password"),
    [
        (MailAccount("not an address", "imap.shop.test", 993, "x"), None),
        (MailAccount(MAKER, "imap.shop.test\r\n", 993, MAKER), None),
        (MailAccount(MAKER, "imap.shop.test", 993, MAKER), "two\nlines"),
    ],
)
def test_an_account_out_of_form_is_refused(
    mail_desk: Desk, account: MailAccount, password: str | None
) -> None:
    with pytest.raises(RefusedError):
        mail_desk.correspondence.mailboxes.add(account, password)
    assert mail_desk.correspondence.accounts() == []


def test_without_an_account_there_is_nothing_to_fetch(mail_desk: Desk) -> None:
    with pytest.raises(RefusedError, match="There is no mail account yet"):
        mail_desk.correspondence.fetch_job()


class Server(QuietMailbox):
    """A mailbox that answers what a test told it to."""

    def __init__(self, answer: Callable[[], AccountReading]) -> None:
        self._answer = answer
        self.passwords: list[str] = []

    def look(self, account: object, password: str, known: object, now: object) -> AccountReading:
        del account, known, now
        self.passwords.append(password)
        return self._answer()


@pytest.fixture
def looks(clock: FixedClock) -> list[AccountReading]:
    letter = read_message(Q.raw(), clock.now())
    folder = FolderReading(
        MAKER,
        "INBOX",
        FolderKind.INBOX,
        (SeenCopy("1", received=letter),),
        is_whole=False,
        uid_validity=7,
    )
    return [
        AccountReading(MAKER, clock.now(), (folder,)),
        AccountReading(MAKER, clock.now() + timedelta(hours=2), error="the server was not found"),
        AccountReading(MAKER, clock.now() + timedelta(hours=3)),
    ]


def test_the_last_good_look_and_the_trouble_since_are_told(
    store: Store, clock: FixedClock, looks: list[AccountReading]
) -> None:
    server = Server(lambda: looks.pop(0))
    drawer = Drawer(is_usable=False)
    desk = build_desk(store, clock, edges=MailEdges(LetterFiles(), server, drawer))
    correspondence = desk.correspondence
    assert (correspondence.last_look().at, correspondence.last_look().error) == (None, None)
    correspondence.mailboxes.add(ACCOUNT, None)
    assert correspondence.receive(correspondence.fetch_job("given-1")())
    assert (correspondence.last_look().at, correspondence.last_look().error) == (clock.now(), None)
    correspondence.receive(correspondence.fetch_job("given-1")())
    assert correspondence.last_look().at == clock.now()
    assert correspondence.last_look().error == f"{MAKER}: the server was not found"
    correspondence.receive(correspondence.fetch_job("given-1")())
    assert correspondence.last_look().at == clock.now() + timedelta(hours=3)
    assert correspondence.last_look().error is None
    assert server.passwords == ["given-1"] * 3
    assert [each.message_id for each in correspondence.waiting(clock.now())] == ["q1@c.test"]
