# A plain Python image, one venv, an ordinary user; with eyes.
FROM python:3.11-slim AS build
WORKDIR /src
COPY pyproject.toml requirements.lock README.md LICENSE soul.md ./
COPY dobby dobby
COPY devices devices
COPY memory memory
# The lock's hashes are of the wheels for this kind of computer; others resolve for themselves.
RUN python -m venv /opt/dobby \
 && if [ "$(uname -m)" = x86_64 ]; then \
      /opt/dobby/bin/pip install --no-cache-dir --no-compile --require-hashes -r requirements.lock; fi \
 && /opt/dobby/bin/pip install --no-cache-dir --no-compile '.[vision]' \
 && /opt/dobby/bin/python -c 'import dobby.daemon.server, dobby.eyes.process, anthropic' # compiles what is used, and no more

FROM python:3.11-slim
RUN useradd --uid 1000 --create-home dobby && install -d -m 700 -o dobby /data
COPY --from=build /opt/dobby /opt/dobby
USER dobby
ENV DOBBY_HOME=/data PATH=/opt/dobby/bin:$PATH PYTHONUNBUFFERED=1
VOLUME /data
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s CMD ["dobby", "health"]
STOPSIGNAL SIGTERM
CMD ["dobby", "run"]
