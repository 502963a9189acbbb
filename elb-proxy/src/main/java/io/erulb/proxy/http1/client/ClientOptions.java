package io.erulb.proxy.http1.client;

import java.time.Duration;

/**
 * Settings of the upstream side.
 *
 * @param connectTimeout how long a connection may take to be made
 * @param idleTimeout how long an unused connection is kept; a server's {@code Keep-Alive: timeout} shortens it
 * @param maxIdle how many unused connections are kept per server and I/O thread
 */
public record ClientOptions(Duration connectTimeout, Duration idleTimeout, int maxIdle) {}
