"""Connecting a mailbox: the address, its server, the password that goes to the keyring."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import QLineEdit, QSpinBox, QWidget

from jeweler_desk.domain.mailbox import MailAccount
from jeweler_desk.ui.dialogs.form import Form, FormError
from jeweler_desk.ui.theme import Type
from jeweler_desk.ui.widgets.text import Text
from jeweler_desk.ui.widgets.tick_box import TickBox

_TLS_PORT: Final = 993
_STARTTLS_PORT: Final = 143
_LAST_PORT: Final = 65535
_HOSTS: Final = {
    "gmail.com": "imap.gmail.com",
    "googlemail.com": "imap.gmail.com",
    "icloud.com": "imap.mail.me.com",
    "me.com": "imap.mail.me.com",
    "yahoo.com": "imap.mail.yahoo.com",
    "aol.com": "imap.aol.com",
    "fastmail.com": "imap.fastmail.com",
    "gmx.com": "imap.gmx.com",
    "gmx.net": "imap.gmx.net",
    "web.de": "imap.web.de",
    "zoho.com": "imap.zoho.com",
}
_PROMISE: Final = (
    "The desk only reads: it never changes, moves or deletes a letter. The password goes to this"
    " computer’s keyring, never into the desk’s folder. Many providers want an app password here."
)


@dataclass(frozen=True, slots=True)
class MailboxChoice:
    """An account and, apart from it, the password for the keyring."""

    account: MailAccount
    password: str


class ConnectMailbox(Form):
    """Asks for a mailbox; the server's name is proposed where the provider is known."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__("Connect a mailbox", "Connect", parent)
        self.address = QLineEdit()
        self.address.setPlaceholderText("hello@your-shop.example")
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.host = QLineEdit()
        self.port = QSpinBox()
        self.port.setRange(1, _LAST_PORT)
        self.port.setValue(_TLS_PORT)
        self.user = QLineEdit()
        self.user.setPlaceholderText("the same as the address")
        self.is_starttls = TickBox("Begin in the clear and switch to TLS (port 143)")
        self.is_starttls.toggled.connect(self._switch_port)
        self.address.editingFinished.connect(self._propose_host)
        self.add_field("Address", self.address)
        self.add_field("Password", self.password)
        self.add_field("IMAP server", self.host)
        self.add_field("Port", self.port)
        self.add_field("User name", self.user)
        self.parts.addWidget(self.is_starttls)
        self.parts.addWidget(Text(_PROMISE, Type.SMALL, soft=True, wrap=True))

    def value(self) -> MailboxChoice:
        """Return the mailbox. Raises with a sentence when something is missing."""
        address = self.address.text().strip()
        name, at, domain = address.partition("@")
        if not (name and at and domain) or any(each.isspace() for each in address):
            raise FormError("Write the whole address, such as hello@your-shop.example.")
        host = self.host.text().strip()
        if not host:
            raise FormError("Write the name of the IMAP server; your provider’s help page has it.")
        account = MailAccount(
            address=address,
            imap_host=host,
            imap_port=self.port.value(),
            user_name=self.user.text().strip() or address,
            is_starttls=self.is_starttls.isChecked(),
        )
        return MailboxChoice(account, self.password.text())

    def _propose_host(self) -> None:
        domain = self.address.text().strip().rpartition("@")[2].casefold()
        if domain and not self.host.text():
            self.host.setText(_HOSTS.get(domain, f"imap.{domain}" if "." in domain else ""))

    def _switch_port(self, clear_first: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self.port.value() in (_TLS_PORT, _STARTTLS_PORT):
            self.port.setValue(_STARTTLS_PORT if clear_first else _TLS_PORT)
