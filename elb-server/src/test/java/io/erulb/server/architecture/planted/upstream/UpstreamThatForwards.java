package io.erulb.server.architecture.planted.upstream;

import io.erulb.server.architecture.planted.proxy.ProxyThatAdministers;

/** An upstream that knows the proxy. */
public record UpstreamThatForwards(ProxyThatAdministers proxy) {}
