"""A private PostgreSQL server for tests, from the binaries that the system has."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

SERVER_USER = "postgres"
"""Whom the server runs as where tests run as root, which PostgreSQL refuses."""
OPTIONS = {
    "listen_addresses": "",
    "fsync": "off",
    "timezone": "America/St_Johns",
}
"""Reached by socket only, fast, and in a time zone that nobody here lives in."""


def find_binaries() -> Path | None:
    """The folder of the newest server installed, as Debian lays it out or on the path."""
    debian = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/pg_ctl"),
        key=lambda path: float(path.parts[-3]),
    )
    found = debian[-1] if debian else shutil.which("pg_ctl")
    return Path(found).parent if found else None


@contextmanager
def running_server(binaries: Path) -> Iterator[Path]:
    """Start a server on an empty cluster; yields the folder of its socket, ends with the server."""
    account = pwd.getpwnam(SERVER_USER) if os.geteuid() == 0 else None
    with tempfile.TemporaryDirectory(prefix="busplan-pg-") as name:
        folder = Path(name)
        if account:
            os.chown(folder, account.pw_uid, account.pw_gid)

        def run(program: str, *arguments: str) -> None:
            subprocess.run(
                [binaries / program, *arguments],
                cwd=folder,
                user=account.pw_uid if account else None,
                group=account.pw_gid if account else None,
                extra_groups=[] if account else None,
                stdout=subprocess.DEVNULL,
                check=True,
            )

        data = str(folder / "data")
        options = " ".join(f"-c {name}='{value}'" for name, value in OPTIONS.items())
        run("initdb", "-D", data, "-U", SERVER_USER, "-A", "trust", "-E", "UTF8", "--no-sync")
        run(
            "pg_ctl", "-D", data, "-l", str(folder / "log"),
            "-o", f"-k {folder} {options}", "-w", "start",
        )  # fmt: skip
        try:
            yield folder
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")


def database_url(socket: Path, database: str) -> str:
    """The URL of one of the server's databases."""
    return f"postgresql://{SERVER_USER}@/{database}?host={socket}"
