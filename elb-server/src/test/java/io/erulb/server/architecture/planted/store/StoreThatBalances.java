package io.erulb.server.architecture.planted.store;

import io.erulb.server.architecture.planted.upstream.UpstreamThatForwards;

/** A store that knows upstreams. */
public record StoreThatBalances(UpstreamThatForwards upstream) {}
