# Sourced by the other scripts: the Python environment in .venv, with the pinned packages.
# Usage: . scripts/environment.sh LOCKFILE

lock="$1"

python=""
for candidate in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 &&
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python="$candidate"
        break
    fi
done
if [ -z "$python" ]; then
    echo "busplan needs Python 3.11 or newer; found: $(python3 --version 2>&1 || echo none)." >&2
    echo "Install it (Debian: apt-get install python3 python3-venv) or name one: PYTHON=..." >&2
    exit 1
fi

if [ ! -x .venv/bin/python ]; then
    echo "Making the environment in .venv with $("$python" --version) ..."
    if ! "$python" -m venv .venv; then
        rm -rf .venv
        echo "No environment could be made; on Debian, apt-get install python3-venv helps." >&2
        exit 1
    fi
fi

# Install only what changed: the stamp holds the lock file and project file it was made from.
wanted="$(cat "$lock" pyproject.toml | sha256sum)"
stamp=".venv/installed-$(basename "$lock").sha256"
if [ ! -f "$stamp" ] || [ "$(cat "$stamp")" != "$wanted" ]; then
    echo "Installing the packages pinned in $lock ..."
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --requirement "$lock"
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
    echo "$wanted" >"$stamp"
fi
export PATH="$PWD/.venv/bin:$PATH"
