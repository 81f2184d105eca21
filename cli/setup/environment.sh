#!/bin/sh
# Build .venv from a hash-locked list: `sh cli/setup/environment.sh run` (or `test`).
#
# Needs python3 (3.11 or newer) and nothing else: no root, no uv, and on Debian no python3-venv.
# The system's own comes first: distributions build it with profile-guided optimisation, pyenv does not
# (measured: a sixth less processor time for a booking, docs/adr/0037-the-systems-own-interpreter.md).
# uv installs in 5 s what takes pip 27 s (measured on 2 cores), so pip installs uv, from a locked list too.
set -eu

list=$1
log=.antrean/log/setup.log
mkdir -p .antrean/log
: > "$log"

stop() {
    echo "$1" >&2
    exit 1
}

quietly() {
    "$@" >> "$log" 2>&1
}

# pip comes with `venv` everywhere but on a Debian without python3-venv: there, take pip's own package apart.
# apt-get keeps its lists in our folder, so that it needs neither root nor an earlier `apt-get update`.
pip_from_debian() {
    mkdir -p .antrean/pip/lists/partial .antrean/pip/cache/archives/partial
    (
        cd .antrean/pip
        set -- -o "Dir::State::Lists=$PWD/lists" -o "Dir::Cache=$PWD/cache" -o APT::Sandbox::User=root
        apt-get "$@" update || true
        apt-get "$@" download python3-pip-whl && dpkg -x python3-pip-whl_*.deb .
    ) >> "$log" 2>&1 ||
        stop "pip is missing and could not be downloaded: check the network, or install Debian's python3-venv."
    for wheel in .antrean/pip/usr/share/python-wheels/pip-*.whl; do
        pip=$wheel/pip
    done
}

make_venv() {
    rm -rf .venv
    if quietly "$python" -m venv .venv; then
        pip=.venv/bin/pip
        return
    fi
    rm -rf .venv
    quietly "$python" -m venv --without-pip .venv ||
        stop "$python cannot make a virtual environment: install Debian's python3-venv."
    pip_from_debian
}

# One that can make an environment by itself is best; else one for which pip has to be fetched.
for needs in "ensurepip, sys" sys; do
    for python in ${PYTHON:-/usr/bin/python3 python3}; do
        quietly "$python" -c "import $needs; sys.exit(sys.version_info < (3, 11))" && break 2
    done
    python=
done
[ -n "$python" ] ||
    stop "Antrean needs Python 3.11 or newer, and ${PYTHON:-python3} is not: install it, or name one with make PYTHON=..."

if ! .venv/bin/uv --version > /dev/null 2>&1 || ! .venv/bin/python -c '' 2> /dev/null; then
    echo "Building .venv (once, less than a minute)"
    make_venv
    quietly .venv/bin/python -s "$pip" install --require-hashes -r requirements/uv.txt ||
        stop "Python packages could not be downloaded: check the network and try again; details are in $log."
fi

echo "Installing Python packages"
# A mirror that only pip is told about (pip.conf) is found by the second try.
quietly .venv/bin/uv pip install --python .venv --require-hashes -r "requirements/$list.txt" ||
    quietly .venv/bin/python -m pip install --require-hashes -r "requirements/$list.txt" ||
    stop "Python packages could not be downloaded: check the network and try again; details are in $log."
quietly .venv/bin/uv pip install --python .venv --offline --no-deps --editable . ||
    stop "The project itself could not be installed; details are in $log."
