package io.erulb.server.architecture.planted.rules;

import com.google.gson.JsonElement;
import io.erulb.server.architecture.planted.routing.RoutingThatCounts;

/** A rule that knows routing, and reads JSON where rules are not read. */
public record RuleThatRoutes(RoutingThatCounts routing, JsonElement json) {}
