# Two stages: build wheels, then install them alone. The data live in a volume:
#   docker build -t commonplace .
#   docker run -d --name commonplace -v commonplace:/data -e COMMONPLACE_TELEGRAM__TOKEN=… commonplace
#   docker run -it --rm -v commonplace:/data commonplace chat        # while the other is stopped
# Without torch, which only models other than the built-in one need: --build-arg EXTRA=
FROM python:3.11-slim AS build
ARG EXTRA=hub
WORKDIR /source
COPY . .
# torch for the CPU, from its publisher's own index: the usual one brings gigabytes of CUDA
RUN pip wheel --no-cache-dir --wheel-dir /wheels ${EXTRA:+--extra-index-url https://download.pytorch.org/whl/cpu "torch==2.13.0+cpu"} ".${EXTRA:+[$EXTRA]}"

FROM python:3.11-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends fonts-noto-cjk \
 && rm -rf /var/lib/apt/lists/*
RUN --mount=type=bind,from=build,source=/wheels,target=/wheels \
    pip install --no-cache-dir --no-index --no-deps /wheels/*.whl \
 && useradd --create-home commonplace && install -d -o commonplace /data
USER commonplace
ENV COMMONPLACE_DATA=/data LANG=C.UTF-8 PYTHONUNBUFFERED=1
VOLUME /data
# a webhook, if one is configured
EXPOSE 8443
# SIGTERM ends it within ten seconds; what is under way goes on after the next start
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=1m --timeout=10s --start-period=1m CMD ["commonplace", "doctor", "--alive"]
ENTRYPOINT ["commonplace"]
CMD ["run"]
