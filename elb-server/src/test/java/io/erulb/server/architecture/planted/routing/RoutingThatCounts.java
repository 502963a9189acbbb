package io.erulb.server.architecture.planted.routing;

import com.codahale.metrics.Counter;
import io.erulb.server.architecture.planted.proxy.ProxyThatAdministers;
import io.undertow.server.HttpHandler;

/** Routing that knows the proxy above it, metrics and HTTP. */
public record RoutingThatCounts(ProxyThatAdministers proxy, Counter counter, HttpHandler handler) {}
