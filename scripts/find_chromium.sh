#!/bin/sh
# Prints the path of a Chromium for the browser tests; ECOGRAPH_CHROMIUM=/path goes first.
for name in ${ECOGRAPH_CHROMIUM:+"$ECOGRAPH_CHROMIUM"} chromium chromium-browser google-chrome google-chrome-stable; do
    if command -v "$name" 2>/dev/null; then exit 0; fi
done
echo "the browser tests drive Chromium, and there is none on PATH." >&2
echo "Install it (Debian: apt-get install chromium fonts-noto-cjk) or set ECOGRAPH_CHROMIUM=/path/to/chromium." >&2
exit 1
