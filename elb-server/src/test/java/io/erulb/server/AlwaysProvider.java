package io.erulb.server;

import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Verdict;

/** A filter type that one instance has and another has not: {@code always} matches. */
public final class AlwaysProvider implements FilterProvider {

    /** Called by the service loader. */
    public AlwaysProvider() {}

    @Override
    public String type() {
        return "always";
    }

    @Override
    public Filter create(FilterArgs args) {
        return request -> Verdict.of(true);
    }
}
