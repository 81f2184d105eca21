#!/bin/sh
# Run a command as if it were another moment: sh tests/another_day/run.sh "2027-03-13 17:30" COMMAND...
# Services, PostgreSQL, RabbitMQ and the browser see it too. Libraries that slow or fake timers as well
# (libfaketime) make waiting processes stand still.
set -eu

day=$1
shift
command -v cc > /dev/null || { echo "A C compiler is missing: apt-get install gcc libc6-dev" >&2; exit 1; }
seconds=$(($(date --utc --date "$day" +%s) - $(date +%s)))
library=$PWD/.venv/another-day.so
cc -O2 -shared -fPIC "-DSHIFT_SECONDS=($seconds)" -o "$library" "$(dirname "$0")/shift.c"
LD_PRELOAD=$library exec "$@"
