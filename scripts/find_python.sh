#!/bin/sh
# Prints the path of a Python from 3.11 up that can make virtual environments; explains itself where there is none.
# PYTHON=/path/to/python goes first. Later versions are tried last: the lock is tested on 3.11 to 3.13.
set -u
suitable='import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))'
for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11; do
    if command -v "$name" >/dev/null 2>&1 && "$name" -c "$suitable" >/dev/null 2>&1; then
        "$name" -c 'import sys; print(sys.executable)'
        exit 0
    fi
done
{
    echo "ecograph needs Python 3.11 or newer with its venv module."
    for name in ${PYTHON:+"$PYTHON"} python3 python3.13 python3.12 python3.11; do
        if command -v "$name" >/dev/null 2>&1; then
            echo "  found $(command -v "$name"): $("$name" --version 2>&1 | head -n 1)"
        fi
    done
    echo "Install one (Debian/Ubuntu: apt-get install python3 python3-venv), or name one: make PYTHON=/path/to/python3.12 setup"
} >&2
exit 1
