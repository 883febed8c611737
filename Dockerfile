# syntax=docker/dockerfile:1
# Three stages: the page, the installed product, and an image that holds only what runs, as a user without rights.

FROM node:22.20.0-bookworm-slim AS page
WORKDIR /src/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci
COPY web/ ./
RUN mkdir -p ../api && npm run build

FROM python:3.12.11-slim-bookworm AS product
ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1
WORKDIR /src
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY scripts/lock_part.py scripts/
RUN python -m venv /opt/ecograph \
    && python scripts/lock_part.py product postgres > /tmp/runtime.lock \
    && python scripts/lock_part.py hatchling > /tmp/build.lock \
    && /opt/ecograph/bin/python -m pip install --require-hashes -r /tmp/runtime.lock \
    && python -m venv /opt/build \
    && /opt/build/bin/python -m pip install --require-hashes -r /tmp/build.lock
COPY ontology/ ontology/
COPY graph/ graph/
COPY search/ search/
COPY nlp/ nlp/
COPY ingest/ ingest/
COPY insight/ insight/
COPY api/ api/
COPY --from=page /src/api/static/ api/static/
RUN /opt/build/bin/python -m pip wheel --no-deps --no-build-isolation --wheel-dir /tmp/wheel . \
    && /opt/ecograph/bin/python -m pip install --no-deps /tmp/wheel/ecograph-*.whl \
    && /opt/ecograph/bin/python -m compileall -q /opt/ecograph/lib

FROM python:3.12.11-slim-bookworm
LABEL org.opencontainers.image.title="ecograph" \
      org.opencontainers.image.description="Knowledge graph and search for environmental supervision" \
      org.opencontainers.image.licenses="Apache-2.0"
# The number is fixed so that a volume can be given to it from outside.
RUN groupadd --gid 10001 ecograph \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin ecograph \
    && install -d -o ecograph -g ecograph -m 0700 /data
COPY --from=product /opt/ecograph /opt/ecograph
ENV PATH=/opt/ecograph/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    ECOGRAPH_HOME=/data \
    ECOGRAPH_HOST=0.0.0.0 \
    ECOGRAPH_PORT=8000
USER 10001:10001
WORKDIR /data
VOLUME /data
EXPOSE 8000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=15s --timeout=5s --start-period=60s --retries=4 \
    CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/api/v1/readyz', timeout=4)"]
ENTRYPOINT ["ecograph"]
CMD ["serve"]
