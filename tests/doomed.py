"""A real process that works on a desk until it is killed, and the hand that kills it.

Run as a program it forks a worker per line it reads; so a kill costs milliseconds, not the
start of an interpreter. Each worker says every act that is done once the act has returned.
"""

from __future__ import annotations

import itertools
import json
import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from jeweler_desk.app import opened_desk
from jeweler_desk.domain.backup import BackupKind
from jeweler_desk.domain.order_view import View
from jeweler_desk.printing.cups import CupsPrinters
from jeweler_desk.services.backups import restore_desk
from jeweler_desk.services.order_import import parse
from jeweler_desk.store.database import Store
from jeweler_desk.store.desk_lock import DESK_FILE
from jeweler_desk.wiring import build_desk
from tests.fakes import FixedClock
from tests.smtp_server import PASSWORD

ROOT = Path(__file__).resolve().parent.parent
_GONE = "gone"


def say(act: str) -> None:
    """Tell that an act is done; the line is whole or absent."""
    os.write(sys.stdout.fileno(), f"{act}\n".encode())


def pack_and_ship(folder: Path, _: list[str]) -> None:
    """Pack and ship parcel after parcel; now and then a step is taken back and done again."""
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        queue = [*desk.orders.list(View.TO_SHIP), *desk.orders.list(View.TO_PACK)]
        for turn, parcel in enumerate(queue):
            if parcel.fulfillment_status == "ready":
                desk.fulfillment.finish_packing(parcel.id, seconds=200 + turn)
                say(f"packed {parcel.number}")
            desk.fulfillment.ship(parcel.id, "USPS", f"9400{turn}")
            say(f"shipped {parcel.number}")
            if turn % 3 == 0:
                desk.history.undo()
                say(f"packed {parcel.number}")
                desk.history.redo()
                say(f"shipped {parcel.number}")


def import_files(folder: Path, files: list[str]) -> None:
    """Take marketplace files in."""
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        say("open")
        desk.order_import.import_files([Path(each) for each in files])
        say("imported")


def import_in_portions(folder: Path, files: list[str]) -> None:
    """Take marketplace files in as the window does, a word after every portion."""
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        for told in desk.order_import.take_in_portions(parse([Path(each) for each in files])):
            say(f"portion {told.done}")
        say("imported")
        signal.pause()


def undo_in_portions(folder: Path, _: list[str]) -> None:
    """Take the last act back as the window does, a word after every portion."""
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        for told in desk.history.undo_portions():
            say(f"portion {told.done}")
        say("taken back")
        signal.pause()


def back_up(folder: Path, _: list[str]) -> None:
    """Make one backup after the other."""
    with opened_desk(folder, FixedClock(), is_writing=True) as desk:
        while True:
            say(f"made {desk.backups.back_up(BackupKind.ON_DEMAND).file.name}")


def restore(folder: Path, files: list[str]) -> None:
    """Put one backup back after the other, in turns."""
    clock = FixedClock()
    for file in itertools.cycle(files):
        clock.goes_on(seconds=1)
        restore_desk(folder / DESK_FILE, Path(file), clock)
        say(f"restored {Path(file).parent.name}")


def send_letters(folder: Path, _: list[str]) -> None:
    """Send what waits in the outbox, a word after every step."""
    clock = FixedClock()
    clock.goes_on(days=1)
    with opened_desk(folder, clock, is_writing=True) as desk:
        outbox = desk.outbox
        while (begin := outbox.begin_job(PASSWORD)) is not None:
            say("claimed")
            begun = begin()
            say("begun")
            hand_over = outbox.hand_over_job(begun)
            say("handing over")
            if hand_over is not None:
                ended = hand_over()
                say(f"handed {ended.letter_id}")
                outbox.settle(ended)
                say("settled")
        signal.pause()


def print_batch(folder: Path, servers: list[str]) -> None:
    """Go on with the batch that is not over, on a CUPS' printer."""
    clock = FixedClock()
    with closing(Store(folder / DESK_FILE, now=clock.now)) as store:
        spooler = CupsPrinters(Path(servers[0]).name)
        desk = build_desk(store, clock, folder=folder, spooler=spooler)
        (kept,) = desk.printing.unfinished()
        run = kept.run
        while not run.is_over:
            run = desk.printing.go_on_job(kept.id)()
            say("turned")
            desk.printing.apply(kept.id, run)
            say(f"{run.done} out")
        signal.pause()


def own(folder: Path, _: list[str]) -> None:
    """Open the desk as its owner, and sit there."""
    with opened_desk(folder, FixedClock(), is_writing=True):
        say("open")
        signal.pause()


WORKS: dict[str, Callable[[Path, list[str]], None]] = {
    work.__name__: work
    for work in (
        pack_and_ship,
        import_files,
        import_in_portions,
        undo_in_portions,
        back_up,
        restore,
        send_letters,
        print_batch,
        own,
    )
}


def main() -> None:
    """Fork a worker for each line read, and tell when it is gone."""
    for line in sys.stdin:
        name, folder, files = json.loads(line)
        worker = os.fork()
        if not worker:
            WORKS[name](Path(folder), files)
            os._exit(0)
        say(str(worker))
        os.waitpid(worker, 0)
        say(_GONE)


@dataclass(frozen=True, slots=True)
class Doomed:
    """The process that forks workers, from the side of a test."""

    told: IO[str]
    answers: IO[str]

    def works(
        self, name: str, folder: Path, *files: Path, acts: int, then_seconds: float = 0
    ) -> list[str]:
        """Let a worker do so many acts, kill it a moment later, and return what it said it did."""
        self.told.write(json.dumps([name, str(folder), [str(each) for each in files]]) + "\n")
        self.told.flush()
        worker = int(self.answers.readline())
        said = [self.answers.readline().strip() for _ in range(acts)]
        if _GONE in said:
            raise AssertionError(f"{name} ended by itself: {said}")
        select.select([self.answers], [], [], then_seconds)
        os.kill(worker, signal.SIGKILL)
        said += iter(lambda: self.answers.readline().strip(), _GONE)
        return said

    @contextmanager
    def owning(self, folder: Path) -> Iterator[None]:
        """Let a worker own the desk of a folder for a while."""
        self.told.write(json.dumps([own.__name__, str(folder), []]) + "\n")
        self.told.flush()
        worker = int(self.answers.readline())
        assert self.answers.readline() == "open\n"
        try:
            yield
        finally:
            os.kill(worker, signal.SIGKILL)
            assert self.answers.readline().strip() == _GONE


@contextmanager
def doomed() -> Iterator[Doomed]:
    """Start the process, and end it with the test."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.doomed"],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield Doomed(process.stdin, process.stdout)
        process.stdin.close()


if __name__ == "__main__":
    main()
