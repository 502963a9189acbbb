package io.erulb.server.architecture.planted.proxy;

import com.google.re2j.Pattern;
import io.erulb.server.architecture.planted.admin.AdminThatStores;
import io.erulb.server.architecture.planted.rules.RuleThatRoutes;

/** A proxy that knows the API above it, and matches patterns itself. */
public record ProxyThatAdministers(AdminThatStores admin, Pattern pattern, RuleThatRoutes rule) {}
