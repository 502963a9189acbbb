# Builds the server and runs it as a user without rights. Settings come from the environment: see README.md.
FROM debian:bookworm-slim AS build
RUN apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jdk-headless maven \
    && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN mvn -B -q -pl elb-server -am -DskipTests -Dspotless.check.skip package

FROM debian:bookworm-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends openjdk-17-jre-headless curl \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --no-create-home elb \
    && install -d -o elb /var/lib/elb
COPY --from=build /src/elb-server/target/elb-server.jar /elb/elb-server.jar
LABEL ERU=1
USER elb
EXPOSE 8080
ENV LISTEN=0.0.0.0:8080 DATA_DIR=/var/lib/elb
VOLUME /var/lib/elb
# The health of the data port, which needs no token; with ADMIN_LISTEN or another LISTEN, replace it by your own.
HEALTHCHECK --interval=5s --timeout=2s --start-period=10s CMD curl -fsS http://127.0.0.1:8080/__erulb__/health
ENTRYPOINT ["java", "-XX:+UseSerialGC", "-Xms48m", "-XX:MaxNewSize=16m", "-XX:ReservedCodeCacheSize=64m", "-XX:+UseTransparentHugePages", "-XX:+ExitOnOutOfMemoryError", "-jar", "/elb/elb-server.jar"]
