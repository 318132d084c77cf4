"""Connecting a mailbox: the address is enough; servers are found, both logins tried, then kept."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QWidget

from jeweler_desk.domain.mail_access import LoginKind, SignIn, Tried, TrustedCertificate
from jeweler_desk.domain.mail_access_wording import found_text, nothing_found, password_hint
from jeweler_desk.domain.mail_finding import FoundMailbox, Provider
from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.services.mail_connecting import MailConnecting
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.frame import Frame, has_words
from jeweler_desk.ui.theme import SPACE_M, Tone, Type
from jeweler_desk.ui.widgets.button import Button
from jeweler_desk.ui.widgets.mail_fields import Fields, PortField, beside
from jeweler_desk.ui.widgets.mail_trial import CertificateCard, TrialLines
from jeweler_desk.ui.widgets.status_chip import StatusChip
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.tick_box import TickBox

_TLS_PORT: Final = 993
_STARTTLS_PORT: Final = 143
_SUBMISSION_PORT: Final = 465
_STARTTLS_SUBMISSION: Final = (25, 587)
_PROMISE: Final = (
    "Reading never changes, moves or deletes a letter. The password goes to this computer’s"
    " keyring, never into the desk’s folder."
)
_PROGRAM: Final = (
    "The provider lets in registered programs only. Register one of your own (free), and write its"
    " client id here."
)
_NOBODY: Final = "None of these"


@dataclass(frozen=True, slots=True)
class MailboxChoice:
    """An account and, apart from it, the password for the keyring; None leaves what is kept."""

    account: MailAccount
    password: str | None
    is_signed_in: bool = False


class ConnectMailbox(Form):
    """Address, what was found, the provider's own hint, and a try of both logins before it is kept.

    With an ``account`` it changes that one. Everything slow runs beside the window and stops when
    the form is closed.
    """

    told = Signal(str)

    def __init__(
        self,
        frame: Frame,
        connecting: MailConnecting,
        parent: QWidget,
        account: MailAccount | None = None,
    ) -> None:
        heading = f"Change {account.address}" if account else "Connect a mailbox"
        super().__init__(heading, "Save" if account else "Connect", parent)
        self._frame = frame
        self._connecting = connecting
        self._changed = account
        self._stopped = threading.Event()
        self._is_busy = False
        self._provider: Provider | None = None
        self._trusted: tuple[TrustedCertificate, ...] = account.trusted if account else ()
        self._login = LoginKind.PASSWORD
        self._sign_in: SignIn | None = None
        self.is_signed_in = False
        self._tried: tuple[MailAccount, str, Tried] | None = None
        self._make_fields()
        self._lay_out()
        self.told.connect(self._say)
        self.finished.connect(self._give_up)
        self._begin(account)

    # ---- how it looks

    def _make_fields(self) -> None:
        self.address = QLineEdit()
        self.address.setPlaceholderText("hello@your-shop.example")
        self.search = Button("Find servers")
        self.search.clicked.connect(self._find)
        self.status = Text("", Type.SMALL, soft=True, wrap=True)
        self.found = StatusChip(self._frame.look)
        self.found.show_state("found", Tone.GOOD)
        self.hint = Text(password_hint("own"), Type.SMALL, soft=True, wrap=True)
        self.link = Button("Open the provider’s page", room="small")
        self.link.clicked.connect(self._open_link)
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.client_id = QLineEdit()
        self.client_secret = QLineEdit()
        self.client_secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.client_secret.setPlaceholderText("only if the provider gave one")
        self.browser = Button("Sign in with your browser…")
        self.browser.clicked.connect(self._sign_in_there)
        self.host, self.smtp_host, self.user = QLineEdit(), QLineEdit(), QLineEdit()
        self.user.setPlaceholderText("the same as the address")
        self.port, self.smtp_port = PortField(_TLS_PORT), PortField(_SUBMISSION_PORT)
        self.is_starttls = TickBox("Reading begins in the clear and switches to TLS (port 143)")
        self.is_starttls.toggled.connect(self._switch_port)
        self.is_smtp_starttls = TickBox("Sending begins in the clear and switches to TLS")
        self.by_hand = Button("Servers by hand…", room="small")
        self.by_hand.clicked.connect(self._show_servers)
        self.trials = TrialLines(self._frame.look)
        self.certificate = CertificateCard()
        self.certificate.trusted.connect(self._trust)
        self.sent = QComboBox()
        self.sent.setMinimumHeight(self.address.sizeHint().height())
        self.anyway = Button("Keep it all the same")
        self.anyway.setToolTip("Kept as it is; every look says what hinders it")
        self.anyway.clicked.connect(self._keep)

    def _lay_out(self) -> None:
        self.add_field("Address", beside(self.address, self.search), field=self.address)
        told = QHBoxLayout()
        told.setSpacing(SPACE_M)
        told.addWidget(self.found)
        told.addWidget(self.status, 1)
        self.parts.addLayout(told)
        self._servers = Fields(self)
        self._servers.add("Reading (IMAP)", beside(self.host, self.port), self.host)
        self._servers.add("Sending (SMTP)", beside(self.smtp_host, self.smtp_port), self.smtp_host)
        self._servers.add("User name", self.user, self.user)
        self._servers.rows.addWidget(self.is_starttls)
        self._servers.rows.addWidget(self.is_smtp_starttls)
        self.port.setAccessibleName("Port for reading")
        self.smtp_port.setAccessibleName("Port for sending")
        self._secret = Fields(self)
        self._secret.rows.addWidget(self.hint)
        self._secret.rows.addWidget(self.link, 0, Qt.AlignmentFlag.AlignLeft)
        self._secret.add("Password", self.password, self.password)
        self._program = Fields(self)
        self._program.rows.addWidget(Text(_PROGRAM, Type.SMALL, soft=True, wrap=True))
        self._program.add("Client id", self.client_id, self.client_id)
        self._program.add("Its secret", self.client_secret, self.client_secret)
        self._program.rows.addWidget(self.browser, 0, Qt.AlignmentFlag.AlignLeft)
        self._sent_part = Fields(self)
        self._sent_part.add("Which folder holds sent mail?", self.sent, self.sent)
        for part in (
            self._secret, self._program, self.by_hand, self._servers, self.trials,
            self.certificate, self._sent_part,
        ):  # fmt: skip
            alignment = Qt.AlignmentFlag.AlignLeft if part is self.by_hand else Qt.AlignmentFlag(0)
            self.parts.addWidget(part, 0, alignment)
        self.parts.addWidget(Text(_PROMISE, Type.SMALL, soft=True, wrap=True))
        self.parts.addWidget(self.anyway, 0, Qt.AlignmentFlag.AlignRight)

    def _begin(self, account: MailAccount | None) -> None:
        for part in (
            self.status, self.found, self._servers, self._secret, self._program, self.trials,
            self.certificate, self._sent_part, self.anyway, self.link,
        ):  # fmt: skip
            part.hide()
        if account is None:
            return
        self.address.setText(account.address)
        self.address.setEnabled(False)
        self.search.setVisible(False)
        self.password.setPlaceholderText("as it is kept")
        self._take_account(account, self._connecting.provider(account.provider))
        self._servers.show()
        self.by_hand.hide()

    def _refit(self) -> None:
        """Be as high as what is shown needs, and no higher."""
        if self.isVisible() and self._scroll is None:
            self._whole.activate()
            self.resize(self.width(), self.minimumSizeHint().height())
            self._fit(self.width())

    # ---- finding

    def _find(self) -> None:
        if self._is_busy:
            return
        address = self.address.text().strip()
        self.problem.hide()

        def done(found: FoundMailbox | None) -> None:
            self._take_found(address, found)

        try:
            job = self._connecting.find_job(address, self.told.emit, self._stopped.is_set)
        except Exception as error:
            if not has_words(error):
                raise
            self.complain(str(error))
            return
        self._run("find-mailbox", job, done, "Looking for the servers …")

    def _take_found(self, address: str, found: FoundMailbox | None) -> None:
        if found is None:
            self._say(nothing_found(address))
            self._found_for = ""
            self._provider = None
            self._show_servers()
            self._show_login()
            self.host.setFocus()
            return
        self._found_for = address
        self._take_account(found.account(), found.provider)
        self._say(found_text(found))
        self.found.show()
        (self.password if self._login is LoginKind.PASSWORD else self.client_id).setFocus()

    def _take_account(self, account: MailAccount, provider: Provider | None) -> None:
        self._provider = provider
        self.host.setText(account.imap_host)
        self.is_starttls.setChecked(account.is_starttls)
        self.port.show_port(account.imap_port)
        self.smtp_host.setText(account.smtp_host or "")
        self.is_smtp_starttls.setChecked(account.smtp_is_starttls)
        self.smtp_port.show_port(account.smtp_port or _SUBMISSION_PORT)
        self.user.setText("" if account.user_name == account.address else account.user_name)
        self._smtp_user = account.smtp_user_name
        self._login, self._sign_in = account.login, account.sign_in
        self.client_id.setText(account.sign_in.client_id if account.sign_in else "")
        self._show_login()

    def _show_login(self) -> None:
        is_sign_in = self._login is LoginKind.SIGN_IN
        self.hint.setText(password_hint(self._provider.hint if self._provider else "own"))
        self.link.setVisible(self._provider is not None and self._provider.link is not None)
        if self._provider is not None:
            self.link.say(f"Open {self._provider.name}’s page")
        self._secret.show()
        self._secret.show_field(self.password, not is_sign_in)
        self._program.setVisible(is_sign_in)
        self._refit()

    def _show_servers(self) -> None:
        self.by_hand.hide()
        self._servers.show()
        if self._secret.isHidden():
            self._show_login()
        self._refit()

    def _open_link(self) -> None:
        if self._provider is not None and self._provider.link is not None:
            self._frame.open_outside(QUrl(self._provider.link))

    # ---- signing in and trying

    def _sign_in_there(self) -> None:
        try:
            account = self._account()
            job = self._connecting.sign_in_job(
                account, self.client_secret.text().strip() or None, self._stopped.is_set
            )
        except Exception as error:
            if not has_words(error):
                raise
            self.complain(str(error))
            return
        self._run(
            "sign-in",
            job,
            self._signed_in,
            "Your browser shows the provider’s page: sign in there.",
        )

    def _signed_in(self, is_kept: object) -> None:
        self.is_signed_in = True
        self._say(
            "You are signed in."
            if is_kept
            else "You are signed in until you close the desk: this computer has no keyring."
        )
        self.submit()

    def submit(self) -> None:
        """Find what is missing, try both logins, and give the mailbox back when they work."""
        if self._is_busy:
            return
        address = self.address.text().strip()
        is_another = self._found_for not in {"", address}
        if address and (is_another or not self.host.text().strip()):
            self._find()
            return
        try:
            account = self._account()
            self._check_secret()
        except FormError as error:
            self.complain(str(error))
            return
        self.problem.hide()
        password = self.password.text()
        if self._tried is not None and self._tried[:2] == (account, password):
            tried = self._tried[2]
            if tried.is_good:
                self._keep()
                return
        job = self._connecting.try_job(account, password or None)

        def done(tried: Tried) -> None:
            self._show_tried(account, password, tried)

        self._run("try-mailbox", job, done, "Trying to log in; nothing is read or sent …")

    def _check_secret(self) -> None:
        if self._login is LoginKind.SIGN_IN:
            if not self.is_signed_in and self._changed is None:
                raise FormError("Sign in with your browser first.")
        elif not self.password.text() and self._changed is None:
            raise FormError("Write the password; what your provider wants here stands above.")

    def _show_tried(self, account: MailAccount, password: str, tried: Tried) -> None:
        self._tried = (account, password, tried)
        self.status.hide()
        self.found.hide()
        if tried.is_good and (tried.seen.sent_folder or not tried.seen.folders):
            self._keep()
            return
        self.trials.show_tried(tried)
        if tried.is_good:
            self._ask_for_sent(tried)
        for shown in tried.certificates[:1]:
            self.certificate.show_certificate(shown)
        self.anyway.setVisible(not tried.is_good)
        self.verb.say("Save" if self._changed else "Connect" if tried.is_good else "Try again")
        self._refit()

    def _ask_for_sent(self, tried: Tried) -> None:
        self.sent.clear()
        self.sent.addItems([_NOBODY, *tried.seen.folders])
        self._sent_part.show()
        self.sent.setFocus()

    def _trust(self, certificate: TrustedCertificate) -> None:
        kept = [
            each
            for each in self._trusted
            if (each.host, each.port) != (certificate.host, certificate.port)
        ]
        self._trusted = (*kept, certificate)
        self.submit()

    # ---- the answer

    def value(self) -> MailboxChoice:
        """Return the mailbox. Raises with a sentence when something is missing."""
        account = self._account()
        if self.sent.count() and self.sent.currentIndex() > 0:
            account = replace(account, sent_folder=self.sent.currentText())
        return MailboxChoice(account, self.password.text() or None, self.is_signed_in)

    _smtp_user: str | None = None
    _found_for = ""

    def _account(self) -> MailAccount:
        address = self.address.text().strip()
        name, at, domain = address.partition("@")
        if not (name and at and domain) or any(each.isspace() for each in address):
            raise FormError("Write the whole address, such as hello@your-shop.example.")
        host, smtp_host = self.host.text().strip(), self.smtp_host.text().strip()
        if not host:
            raise FormError("Write the name of the IMAP server; your provider’s help page has it.")
        if not self.port.value() or (smtp_host and not self.smtp_port.value()):
            raise FormError("A port is a number from 1 to 65535, such as 993 or 465.")
        sign_in = self._sign_in
        if self._login is LoginKind.SIGN_IN and sign_in is not None:
            client_id = self.client_id.text().strip()
            if not client_id:
                raise FormError("Write the client id of the program you sign in as.")
            sign_in = replace(sign_in, client_id=client_id)
        before = self._changed or MailAccount(address, host, _TLS_PORT, address)
        return replace(
            before,
            address=address,
            imap_host=host,
            imap_port=self.port.value(),
            user_name=self.user.text().strip() or address,
            is_starttls=self.is_starttls.isChecked(),
            smtp_host=smtp_host or None,
            smtp_port=self.smtp_port.value() if smtp_host else None,
            smtp_is_starttls=self.is_smtp_starttls.isChecked()
            or (bool(smtp_host) and self.smtp_port.value() in _STARTTLS_SUBMISSION),
            smtp_user_name=self._smtp_user,
            login=self._login,
            sign_in=sign_in,
            provider=self._provider.key if self._provider else before.provider,
            trusted=tuple(
                each
                for each in self._trusted
                if (each.host, each.port)
                in {(host, self.port.value()), (smtp_host, self.smtp_port.value())}
            ),
        )

    def _keep(self) -> None:
        super().submit()

    # ---- beside the window

    def _run(
        self, name: str, job: Callable[[], Any], done: Callable[[Any], None], say: str
    ) -> None:
        self._say(say)
        self._set_busy(is_busy=True)

        def finished(result: object) -> None:
            if not self._stopped.is_set():
                self._set_busy(is_busy=False)
                done(result)

        def failed(error: Exception) -> None:
            if not self._stopped.is_set():
                self._set_busy(is_busy=False)
                self.status.hide()
                self.found.hide()
                why = str(error) if has_words(error) else "That did not work; please try again."
                self.complain(why[:1].upper() + why[1:])

        if not self._frame.jobs.start(name, job, finished, failed):
            self._set_busy(is_busy=False)
            self._say("The last try is still ending; wait a moment and press again.")

    def _set_busy(self, *, is_busy: bool) -> None:
        self._is_busy = is_busy
        for each in (self.verb, self.search, self.browser, self.anyway, self.certificate.trust):
            each.setEnabled(not is_busy)

    def _say(self, words: str) -> None:
        if not self._stopped.is_set():
            self.found.hide()
            self.status.setText(words)
            self.status.show()
            self._refit()

    def complain(self, sentence: str) -> None:
        """Say what must change."""
        super().complain(sentence)
        self._refit()

    def _give_up(self) -> None:
        self._stopped.set()

    def _switch_port(self, clear_first: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self.port.value() in (_TLS_PORT, _STARTTLS_PORT):
            self.port.show_port(_STARTTLS_PORT if clear_first else _TLS_PORT)
