"""The mailboxes within the settings: each with its state, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from jeweler_desk.domain.mail_access import Hindrance, LoginKind
from jeweler_desk.domain.mail_view import AccountShown
from jeweler_desk.domain.mailbox import FolderChoice, MailAccount
from jeweler_desk.domain.refusal import RefusedError
from jeweler_desk.services.clock import Clock
from jeweler_desk.services.correspondence import Correspondence
from jeweler_desk.services.settings import Settings
from jeweler_desk.ui.dialogs.ask_password import AskPassword, GivenPassword
from jeweler_desk.ui.dialogs.choose_folders import ChooseFolders
from jeweler_desk.ui.dialogs.connect_mailbox import ConnectMailbox, MailboxChoice
from jeweler_desk.ui.dialogs.form import Form
from jeweler_desk.ui.frame import Frame
from jeweler_desk.ui.pages.page import bare_row
from jeweler_desk.ui.theme import NO_SPACE, SPACE_M, SPACE_S, SPACE_XS, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.flow import FlowLayout
from jeweler_desk.ui.widgets.list_row import ListRow
from jeweler_desk.ui.widgets.mail_trial import breakable
from jeweler_desk.ui.widgets.rows import add_shown, empty_out
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.tick_box import TickBox
from jeweler_desk.ui.words import Said, ago, joined, sentence

_ASK: Final = "passwords known"
_KEEP: Final = "keep a password"
_LET_GO: Final = "let a password go"
_NO_KEYRING: Final = (
    "No keyring of this computer took the password, so it is kept only until you close the desk."
)
_NONE: Final = "No mailbox is connected: the desk knows only letters you gave it as files."
_IDENTITIES: Final = (
    "Letters from these addresses are yours: an answer sent from any of them counts as an answer."
)
_TICKS: Final = (
    (
        "mail.watch",
        "Hear of new letters at once",
        "Where the mail server can, it tells of a letter. Every five minutes mail is read anyway.",
    ),
    (
        "mail.copied",
        "Letters with you only in Cc may ask you",
        "They wait for an answer when they begin with your name or your shop’s.",
    ),
)


class MailboxesPart(QWidget):
    """Mailboxes and the seller's own addresses."""

    connected = Signal(str)

    def __init__(
        self, frame: Frame, correspondence: Correspondence, clock: Clock, settings: Settings
    ) -> None:
        super().__init__()
        self._settings = settings
        self._frame = frame
        self._correspondence = correspondence
        self._clock = clock
        self._needy: frozenset[str] = frozenset()
        self._accounts = QVBoxLayout()
        self._accounts.setSpacing(SPACE_M)
        self._identities = QVBoxLayout()
        self._identities.setSpacing(SPACE_S)
        buttons = bare_row()
        for id_, verb in (("mail.connect", "Connect a mailbox…"), ("fetch", "Read mail now")):
            button = Button(verb)
            button.follow(frame.actions[id_])
            buttons.addWidget(button)
        buttons.addStretch(1)
        add = Button("Add an address…", room="small")
        add.clicked.connect(self.add_identity)
        more = bare_row()
        more.addWidget(add)
        more.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_M)
        layout.addWidget(Text("Mailboxes", Type.STRONG))
        layout.addLayout(self._accounts)
        layout.addLayout(buttons)
        self.ticks: dict[str, TickBox] = {}
        for key, words, hint in _TICKS:
            tick = self.ticks[key] = TickBox(words)
            tick.setAccessibleDescription(hint)
            tick.clicked.connect(partial(self._tick, key))
            layout.addWidget(tick)
            layout.addWidget(Text(hint, Type.SMALL, soft=True, wrap=True))
        layout.addWidget(Text("Your own addresses", Type.STRONG))
        layout.addWidget(Text(_IDENTITIES, Type.SMALL, soft=True, wrap=True))
        layout.addLayout(self._identities)
        layout.addLayout(more)

    # ---- what is shown

    def refresh(self) -> None:
        """Show the accounts and addresses anew; the keyring is asked beside the window."""
        for key, tick in self.ticks.items():
            tick.setChecked(self._settings.get(key) == "yes")
        self._show()
        self._ask_keyring()

    def _ask_keyring(self) -> None:
        """Learn which accounts lack their password: a locked keyring may wait for its owner."""
        accounts = [each.account for each in self._correspondence.accounts()]
        secrets = self._correspondence.secrets

        def needy() -> frozenset[str]:
            return frozenset(each.address for each in accounts if not secrets.is_known(each))

        if accounts:
            self._frame.work(_ASK, needy, self._learned, "The keyring could not be asked:")

    def _learned(self, needy: object) -> None:
        if isinstance(needy, frozenset) and needy != self._needy:
            self._needy = needy
            self._show()

    def _show(self) -> None:
        empty_out(self._accounts)
        accounts = self._correspondence.accounts()
        for each in accounts:
            add_shown(self._accounts, self._row(each))
        if not accounts:
            add_shown(self._accounts, Text(_NONE, Type.SMALL, soft=True, wrap=True))
        empty_out(self._identities)
        added = self._correspondence.mailboxes.added_identities()
        for address in added:
            row = ListRow(self._frame.look, address, "one of your own")
            button = row.add_button("Remove")
            button.clicked.connect(partial(self._remove_identity, address))
            add_shown(self._identities, row)

    def _row(self, shown: AccountShown) -> QWidget:
        account = shown.account
        whole = QWidget()
        layout = QVBoxLayout(whole)
        layout.setContentsMargins(*NO_SPACE)
        layout.setSpacing(SPACE_XS)
        now = self._clock.now()
        looked = f"read {ago(shown.looked_at, now)}" if shown.looked_at else "not read yet"
        provider = self._correspondence.connecting.provider(account.provider)
        row = ListRow(
            self._frame.look,
            account.address,
            joined([provider.name if provider else account.imap_host, looked]),
        )
        needs = account.address in self._needy
        row.show_state(_state(shown, needs=needs), shown.error or "")
        layout.addWidget(row)
        if shown.error:
            words = Text(breakable(f"{sentence(shown.error)}."), Type.SMALL, wrap=True)
            words.set_tone(Tone.LATE)
            layout.addWidget(words)
        acts = FlowLayout(spacing=SPACE_XS)
        for verb, act in self._acts(account, needs=needs):
            button = Button(verb, room="small", name=f"{verb}: {account.address}")
            button.clicked.connect(act)
            acts.addWidget(button)
        layout.addLayout(acts)
        return whole

    def _acts(self, account: MailAccount, *, needs: bool) -> list[tuple[str, partial[None]]]:
        acts = [
            ("Folders…", partial(self.choose_folders, account.address)),
            ("Change…", partial(self.change, account)),
        ]
        if account.login is LoginKind.SIGN_IN:
            acts.insert(0, ("Sign in again", partial(self._sign_in, account)))
        elif needs:
            acts.insert(0, ("Give the password…", partial(self.ask_password, account.address)))
        return [*acts, ("Disconnect", partial(self._disconnect, account.address))]

    # ---- what can be done

    def connect_one(self) -> None:
        """Ask for a mailbox and connect it."""
        form = ConnectMailbox(self._frame, self._correspondence.connecting, self.window())
        form.answered.connect(self._connect)
        form.rejected.connect(self._let_go_of(form))
        form.open()

    def change(self, account: MailAccount) -> None:
        """Ask for what is to change about a mailbox."""
        form = ConnectMailbox(self._frame, self._correspondence.connecting, self.window(), account)
        form.answered.connect(self._change)
        form.open()

    def choose_folders(self, address: str) -> None:
        """Ask which folders of a mailbox are read."""
        folders = self._correspondence.reading.folders(address)
        form = ChooseFolders(address, folders, self.window())
        form.answered.connect(partial(self._choose, address))
        form.open()

    def _choose(self, address: str, choices: tuple[FolderChoice, ...]) -> None:
        for each in choices:
            told = "is read from the next look on" if each.kind else "is left alone from now on"
            if not self._frame.act(
                partial(
                    self._correspondence.reading.choose_folder, address, each.folder, each.kind
                ),
                f"“{each.folder}” {told}.",
            ):
                return
        if choices:
            self.connected.emit(address)

    def _tick(self, key: str) -> None:
        said = "yes" if self.ticks[key].isChecked() else "no"
        self._frame.act(lambda: self._settings.set(key, said), "The setting is changed.")

    def ask_password(self, address: str) -> None:
        """Ask for a password that no keyring keeps, beside the window."""
        form = AskPassword(address, self.window())
        form.answered.connect(self._use)
        form.show()

    def give_secret(self, address: str) -> None:
        """Ask for what an account lacks: its password, another one, or to sign in again."""
        found = self._correspondence.mailboxes.account(address)
        fresh = self._correspondence.freshness(self._clock.now()).accounts
        why = {each.address: each.hindrance for each in fresh}.get(address)
        if why is Hindrance.CERTIFICATE:
            self.change(found)
        elif found.login is LoginKind.SIGN_IN:
            self._sign_in(found)
        elif why is Hindrance.LOGIN:
            self.change(found)
        else:
            self.ask_password(address)

    def _let_go_of(self, form: ConnectMailbox) -> partial[None]:
        return partial(self._forget_sign_in, form)

    def _forget_sign_in(self, form: ConnectMailbox) -> None:
        """Signed in, then given up: nothing of it is kept."""
        address = form.address.text().strip()
        known = {each.account.address for each in self._correspondence.accounts()}
        if form.is_signed_in and address not in known:
            self._let_go_secrets(address)

    def _connect(self, choice: MailboxChoice) -> None:
        """Keep the password beside the window, then add the account: a keyring may be locked."""
        try:
            self._correspondence.mailboxes.check_new(choice.account, choice.password)
        except RefusedError as refused:
            self._frame.notices.warn("act", str(refused))
            return
        self._keep(choice, partial(self._add, choice))

    def _keep(self, choice: MailboxChoice, then: Callable[[bool], None]) -> None:
        address, password = choice.account.address, choice.password
        if password is None:
            then(choice.is_signed_in)
            return
        keep = partial(self._correspondence.secrets.keep, address, password)
        self._frame.work(_KEEP, keep, then, "The password could not be kept.")

    def _add(self, choice: MailboxChoice, is_kept: object) -> None:
        address = choice.account.address
        if not self._frame.act(
            lambda: self._correspondence.mailboxes.add(choice.account, None)[0],
            f"{address} is connected.",
        ):
            return
        if not is_kept:
            self._frame.notices.warn("keyring", _NO_KEYRING, Tone.DUE)
        self.connected.emit(address)

    def _change(self, choice: MailboxChoice) -> None:
        self._keep(choice, partial(self._changed, choice))

    def _changed(self, choice: MailboxChoice, _is_kept: object) -> None:
        if self._frame.act(
            lambda: self._correspondence.mailboxes.change(choice.account),
            f"{choice.account.address} is changed.",
        ):
            self.connected.emit(choice.account.address)

    def _use(self, given: GivenPassword) -> None:
        self._correspondence.secrets.use_until_closed(given.address, given.password)
        self.refresh()
        self.connected.emit(given.address)

    def _sign_in(self, account: MailAccount) -> None:
        job = self._correspondence.connecting.sign_in_job(account, None, lambda: False)
        if self._frame.work("sign-in", job, partial(self._signed_in, account), "Not signed in:"):
            self._frame.notices.tell("Your browser shows the provider’s page: sign in there.")

    def _signed_in(self, account: MailAccount, is_kept: object) -> None:
        if not is_kept:
            self._frame.notices.warn("keyring", _NO_KEYRING, Tone.DUE)
        self.refresh()
        self.connected.emit(account.address)

    def _disconnect(self, address: str) -> None:
        if self._frame.act(
            lambda: self._correspondence.mailboxes.take_off(address),
            f"{address} is disconnected. Its letters stay here.",
        ):
            self._let_go_secrets(address)

    def _let_go_secrets(self, address: str) -> None:
        let_go = partial(self._correspondence.secrets.let_go, address)
        self._frame.work(
            _LET_GO, let_go, lambda _: None, f"The keyring still holds the password of {address}."
        )

    def add_identity(self) -> None:
        """Ask for a further address of the seller's own."""
        form = AddAddress(self.window())
        form.answered.connect(self._add_identity)
        form.open()

    def _add_identity(self, address: str) -> None:
        self._frame.act(
            lambda: self._correspondence.mailboxes.add_identity(address), f"{address} is yours now."
        )

    def _remove_identity(self, address: str) -> None:
        self._frame.act(
            lambda: self._correspondence.mailboxes.remove_identity(address),
            f"{address} no longer counts as yours.",
        )


class AddAddress(Form):
    """Asks for one address."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("An address of your own", "Add it", parent)
        self.address = QLineEdit()
        self.address.setPlaceholderText("orders@your-shop.example")
        self.add_field("Address", self.address)
        self.parts.addWidget(Text(_IDENTITIES, Type.SMALL, soft=True, wrap=True))

    def value(self) -> str:
        """Return what was typed; the service says whether it is an address."""
        return self.address.text().strip()


def _state(shown: AccountShown, *, needs: bool) -> Said:
    if needs and shown.account.login is LoginKind.SIGN_IN:
        return Said("sign in", Tone.LATE)
    if needs:
        return Said("needs its password", Tone.DUE)
    if shown.error:
        return Said("trouble", Tone.LATE)
    return Said("connected", Tone.GOOD) if shown.looked_at else Said("new", Tone.NEUTRAL)
