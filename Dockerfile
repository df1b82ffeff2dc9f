# Two stages: build the wheel, then install it alone. Run with a volume for the data:
#   docker build -t commonplace . && docker run -it -v commonplace:/data commonplace
FROM python:3.11-slim AS build
WORKDIR /source
COPY . .
RUN pip wheel --no-cache-dir --no-deps --wheel-dir /wheels .

FROM python:3.11-slim
COPY --from=build /wheels /wheels
RUN pip install --no-cache-dir /wheels/*.whl && rm -r /wheels \
 && useradd --create-home commonplace && install -d -o commonplace /data
USER commonplace
ENV COMMONPLACE_DATA=/data LANG=C.UTF-8 PYTHONUNBUFFERED=1
VOLUME /data
HEALTHCHECK --interval=5m --timeout=30s CMD ["commonplace", "doctor", "--json"]
ENTRYPOINT ["commonplace"]
CMD ["chat"]
