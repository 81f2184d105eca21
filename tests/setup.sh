#!/bin/sh
# What the tests need and pip cannot install: a browser. As root it is installed; otherwise tests that need it
# are skipped, or fail under CI=true.
set -eu

if command -v chromium-headless-shell > /dev/null || [ "$(id -u)" != 0 ] || ! command -v apt-get > /dev/null; then
    exit 0
fi
echo "Installing Debian's chromium-headless-shell"
mkdir -p .antrean/log
log=.antrean/log/chromium.log
{ apt-get update --quiet && apt-get install --quiet --yes --no-install-recommends chromium-headless-shell; } > "$log" 2>&1 ||
    echo "chromium-headless-shell could not be installed, see $log"
