package io.erulb.server.architecture.planted.routing.policy;

import io.erulb.server.architecture.planted.routing.RoutingThatCounts;

/** A policy that knows the tables above it. */
public record PolicyThatRoutes(RoutingThatCounts table) {}
