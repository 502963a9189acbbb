package io.erulb.rules.filter;

import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Verdict;
import org.jspecify.annotations.Nullable;

/** Tests one named value of the request; a value that is not there takes fail. */
record ValueFilter(Source source, String name, TextCondition condition) implements Filter {
    /** Where the value stands. */
    interface Source {
        @Nullable
        String value(RequestView request, String name);
    }

    @Override
    public Verdict test(RequestView request) {
        String value = source.value(request, name);
        return value == null ? Verdict.MISS : condition.test(value);
    }

    @Override
    public boolean capturing() {
        return condition.capturing();
    }

    @Override
    public Evidence evidence(RequestView request) {
        String value = source.value(request, name);
        String expected = name + ": " + condition.expected();
        return value == null ? Evidence.of(null, expected) : new Evidence(value, expected, condition.captures(value));
    }
}
