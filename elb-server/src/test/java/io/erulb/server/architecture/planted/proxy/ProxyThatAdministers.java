package io.erulb.server.architecture.planted.proxy;

import com.google.re2j.Pattern;
import io.erulb.server.architecture.planted.admin.AdminThatStores;
import io.erulb.server.architecture.planted.rules.RuleThatRoutes;
import org.pcollections.PSet;

/** A proxy that knows the API above it, matches patterns itself, and keeps what routing keeps. */
public record ProxyThatAdministers(
        AdminThatStores admin, Pattern pattern, RuleThatRoutes rule, PSet<String> upstreams) {}
