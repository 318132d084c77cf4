"""Starts a private Dovecot on loopback for tests: no root rights, its own folder, real TLS."""

from __future__ import annotations

import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from imapclient import IMAPClient

SELLER: Final = "seller@shop.test"
PASSWORD: Final = "bench-1"
_START_SECONDS: Final = 15
_LONGEST_SOCKET_FOLDER: Final = 70


def is_installed() -> bool:
    """Whether this machine has Dovecot and what a certificate needs."""
    return _program("dovecot") is not None and shutil.which("openssl") is not None


def _program(name: str) -> str | None:
    return shutil.which(name, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/sbin")


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running server: where it listens, whom it knows, where the seller's mail lies."""

    folder: Path
    tls_port: int
    plain_port: int
    certificate: Path

    @property
    def maildir(self) -> Path:
        """The seller's Maildir."""
        return self.folder / "mail" / SELLER

    def client(self) -> IMAPClient:
        """Return another mail program of the seller's, logged in."""
        context = ssl.create_default_context(cafile=str(self.certificate))
        client = IMAPClient("localhost", self.tls_port, ssl_context=context, timeout=10)
        client.login(SELLER, PASSWORD)
        return client

    def renumber(self, folder: str = "") -> None:
        """Give a folder a new UIDVALIDITY and new UIDs, as a server's restore does."""
        uidlist = self.maildir / (f".{folder}" if folder else "") / "dovecot-uidlist"
        head = uidlist.read_text("ascii").splitlines()[0]
        version, validity, *_ = head.split()
        uidlist.write_text(f"{version} V{int(validity[1:]) + 7} N1\n", encoding="ascii")
        for index in self.maildir.rglob("dovecot.index*"):
            index.unlink()
        shutil.rmtree(self.folder / "index", ignore_errors=True)

    def drop(self, name: str, raw: bytes, *, is_new: bool = False) -> None:
        """Lay a message's file into the seller's inbox, as the server's own."""
        owner = (self.folder / "mail").stat()
        file = self.maildir / ("new" if is_new else "cur") / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(raw)
        for path in (file, file.parent, self.maildir):
            os.chown(path, owner.st_uid, owner.st_gid)

    def wipe(self) -> None:
        """Throw the seller's mail away."""
        shutil.rmtree(self.maildir, ignore_errors=True)
        shutil.rmtree(self.folder / "index", ignore_errors=True)


def free_port() -> int:
    """Return a port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def make_certificate(folder: Path) -> tuple[Path, Path]:
    """Make a self-signed certificate for localhost; returns it and its key."""
    certificate, key = folder / "cert.pem", folder / "key.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"]
    command += ["-nodes", "-days", "3", "-subj", "/CN=localhost"]
    command += ["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"]
    command += ["-keyout", str(key), "-out", str(certificate)]
    subprocess.run(command, check=True, capture_output=True)
    return certificate, key


@contextmanager
def running_dovecot(
    folder: Path,
    *,
    sent_name: str = "Sent",
    has_special_use: bool = True,
    capability: str = "",
    token_info: str = "",
) -> Iterator[Dovecot]:
    """Run a server until the block ends; it is ended by its own process id."""
    user = _ordinary_user()
    with tempfile.TemporaryDirectory(prefix="jd") as short:
        if user.needs_own_files:
            # The tests' own folders admit root alone; this one admits the server too.
            Path(short).chmod(0o711)
            folder = Path(short) / "server"
        sockets = folder / "run"
        if len(str(sockets)) > _LONGEST_SOCKET_FOLDER:
            sockets = Path(short) / "run"
        for each in (sockets, *(folder / name for name in ("state", "mail", "index", "home"))):
            each.mkdir(parents=True, exist_ok=True)
        certificate, key = make_certificate(folder)
        server = Dovecot(folder, free_port(), free_port(), certificate)
        config = folder / "dovecot.conf"
        (folder / "users").write_text(f"{SELLER}:{{PLAIN}}{PASSWORD}::::::\n", encoding="utf-8")
        names = _Names(sent_name, has_special_use, capability, token_info)
        if token_info:
            (folder / "oauth.conf").write_text(_oauth_config(token_info), encoding="utf-8")
        ids = (user.uid, user.gid)
        config.write_text(_config(server, sockets, key, ids, names), encoding="utf-8")
        program = _program("dovecot") or "dovecot"
        log = folder / "log"
        with (folder / "output").open("wb") as output:
            if user.needs_own_files:
                _hand_over(Path(short), user)
            process = subprocess.Popen(
                [*user.prefix, program, "-F", "-c", str(config)], stdout=output, stderr=output
            )
        try:
            _wait_for_greeting(server, process, log)
            yield server
        finally:
            process.terminate()
            process.wait(timeout=10)


@dataclass(frozen=True, slots=True)
class _User:
    """An ordinary user for the server, and the words that make a command run as him."""

    prefix: list[str]
    uid: int
    gid: int
    needs_own_files: bool = False


def _ordinary_user() -> _User:
    """Return how to run as an ordinary user, and which: Dovecot serves no mail that is root's.

    Root steps into a user namespace in which it is the server's own account; files made there
    still belong to root outside. Where namespaces are forbidden (a chroot, many containers) the
    server becomes that account for good, and its files must be its own.
    """
    if os.getuid() != 0:
        return _User([], os.getuid(), os.getgid())
    import pwd  # noqa: PLC0415 - Unix only, as Dovecot is

    account = pwd.getpwnam("dovecot")
    uid, gid = account.pw_uid, account.pw_gid
    namespace = ["unshare", "--user", f"--map-user={uid}", f"--map-group={gid}", "--"]
    if subprocess.run([*namespace, "true"], capture_output=True, check=False).returncode == 0:
        return _User(namespace, uid, gid)
    become = ["setpriv", f"--reuid={uid}", f"--regid={gid}", "--clear-groups", "--"]
    return _User(become, uid, gid, needs_own_files=True)


def _hand_over(folder: Path, user: _User) -> None:
    """Give a folder and all in it to the server's account."""
    for path in (folder, *folder.rglob("*")):
        os.chown(path, user.uid, user.gid)


@dataclass(frozen=True, slots=True)
class _Names:
    sent: str
    has_special_use: bool
    capability: str
    token_info: str = ""


def _oauth_config(token_info: str) -> str:
    return f"""tokeninfo_url = {token_info}
introspection_mode = get
username_attribute = email
active_attribute = active
active_value = true
"""


def _mailbox(name: str, use: str, names: _Names) -> str:
    special = f"special_use = \\{use}\n" if names.has_special_use else ""
    return f'mailbox "{name}" {{\nauto = create\n{special}}}\n'


def _config(server: Dovecot, sockets: Path, key: Path, ids: tuple[int, int], names: _Names) -> str:
    import grp  # noqa: PLC0415 - Unix only
    import pwd  # noqa: PLC0415 - Unix only

    uid, gid = ids
    me, group = pwd.getpwuid(uid).pw_name, grp.getgrgid(gid).gr_name
    folder = server.folder
    boxes = "".join(
        _mailbox(name, use, names)
        for name, use in (
            (names.sent, "Sent"), ("Drafts", "Drafts"), ("Junk", "Junk"), ("Archive", "Archive"),
        )
    )  # fmt: skip
    capability = f"imap_capability = {names.capability}\n" if names.capability else ""
    tokens = (
        f"passdb {{\n  driver = oauth2\n  mechanisms = xoauth2 oauthbearer\n"
        f"  args = {folder}/oauth.conf\n}}"
        if names.token_info
        else ""
    )
    return f"""
base_dir = {sockets}
state_dir = {folder}/state
log_path = {folder}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {me}
default_internal_group = {group}
default_login_user = {me}
first_valid_uid = 1
first_valid_gid = 1
disable_plaintext_auth = yes
auth_mechanisms = plain login{" xoauth2 oauthbearer" if names.token_info else ""}
auth_failure_delay = 0 secs
ssl = yes
ssl_cert = <{server.certificate}
ssl_key = <{key}
mail_location = maildir:{folder}/mail/%u:INDEX={folder}/index/%u
mail_uid = {uid}
mail_gid = {gid}
mail_fsync = never
{capability}
passdb {{
  driver = passwd-file
  args = username_format=%Lu {folder}/users
}}
{tokens}
userdb {{
  driver = passwd-file
  args = username_format=%Lu {folder}/users
  default_fields = uid={uid} gid={gid} home={folder}/home/%Lu
}}
namespace inbox {{
  inbox = yes
  separator = /
  {boxes}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {server.plain_port}
  }}
  inet_listener imaps {{
    port = {server.tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


def _wait_for_greeting(server: Dovecot, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + _START_SECONDS
    while time.monotonic() < end and process.poll() is None:
        try:
            with socket.create_connection(("127.0.0.1", server.plain_port), 2) as connection:
                connection.settimeout(5)
                if connection.recv(200).startswith(b"* OK"):
                    return
        except OSError:
            time.sleep(0.05)
    told = [
        each.read_text("utf-8", "replace") for each in (log, log.parent / "output") if each.exists()
    ]
    raise RuntimeError(f"Dovecot did not start: {' '.join(told)}")
