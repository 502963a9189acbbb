package io.erulb.rules.filter;

import io.erulb.rules.RequestValue;
import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Verdict;

/** Tests one named value of the request; a value that is not there takes fail. */
record ValueFilter(RequestValue value, TextCondition text) implements Filter {
    @Override
    public Verdict test(RequestView request) {
        String found = value.of(request);
        return found == null ? Verdict.MISS : text.test(found);
    }

    @Override
    public boolean capturing() {
        return text.capturing();
    }

    @Override
    public Evidence evidence(RequestView request) {
        String found = value.of(request);
        String expected = value.name() + ": " + text.expected();
        return found == null ? Evidence.of(null, expected) : new Evidence(found, expected, text.captures(found));
    }

    @Override
    public Condition condition() {
        return new Condition.Text(value, false, text.texts());
    }
}
