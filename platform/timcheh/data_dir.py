"""Where each thing lives under the data directory."""

import contextlib
import hashlib
import os
import secrets
import stat
from pathlib import Path

# sockaddr_un.sun_path is 108 bytes with its closing NUL (unix(7)); the longest name that is put
# into the directory of sockets is ".s.PGSQL.5432.lock".
_LONGEST_SOCKET_DIRECTORY = 107 - len("/.s.PGSQL.5432.lock")


class DataDirectory:
    """Paths only; `create` makes what must exist before anything starts. All are mode 0700."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.postgres = root / "postgres"
        self.valkey = root / "valkey"
        self.log = root / "log"
        self.files = root / "files"
        self.secrets = root / "secrets"
        self.state = root / "state"

    @property
    def run(self) -> Path:
        """The directory of the sockets: `run`, or a short one in /tmp when `run` is too long.

        It depends on the data directory alone, never on TMPDIR or the session, so that a command
        finds the running server from anywhere.
        """
        near = self.root / "run"
        if len(os.fsencode(near)) <= _LONGEST_SOCKET_DIRECTORY:
            return near
        digest = hashlib.sha256(os.fsencode(self.root)).hexdigest()[:16]
        return Path("/tmp") / f"timcheh-{os.getuid()}-{digest}"  # noqa: S108  checked in `create`

    @property
    def valkey_socket(self) -> Path:
        return self.run / "valkey.sock"

    @property
    def lock(self) -> Path:
        return self.root / "lock"

    def create(self) -> None:
        """Makes the directories. Raises OSError, also when a directory is someone else's."""
        self.root.mkdir(mode=0o700, parents=True, exist_ok=True)
        for path in (self.root, self.log, self.files, self.secrets, self.state, self.run):
            path.mkdir(mode=0o700, exist_ok=True)
            _keep_private(path)

    def secret(self, name: str) -> str:
        """A random secret that is made once and then stays the same (256 bits, URL-safe)."""
        path = self.secrets / name
        if not path.exists():
            self._write_once(path, secrets.token_urlsafe(32))
        return path.read_text("ascii").strip()

    def _write_once(self, path: Path, text: str) -> None:
        # A link either appears whole or not at all, whoever else is starting at the same time.
        draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text + "\n")
            file.flush()
            os.fsync(file.fileno())
        with contextlib.suppress(FileExistsError):
            os.link(draft, path)
        draft.unlink()


def _keep_private(path: Path) -> None:
    status = path.lstat()
    if not stat.S_ISDIR(status.st_mode) or status.st_uid != os.getuid():
        raise PermissionError(1, "it belongs to another user or is a link", str(path))
    if stat.S_IMODE(status.st_mode) != 0o700:
        path.chmod(0o700)
