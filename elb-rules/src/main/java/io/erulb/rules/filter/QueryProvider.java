package io.erulb.rules.filter;

import io.erulb.rules.RequestValue;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;

/** {@code query}: a query parameter's decoded value is like some text, or the parameter is there. */
public final class QueryProvider implements FilterProvider {
    @Override
    public String type() {
        return "query";
    }

    @Override
    public Filter create(FilterArgs args) {
        String name = args.text("name");
        if (name.isEmpty()) {
            args.fault("name", "expected: a query parameter's name");
        }
        return new ValueFilter(new RequestValue(RequestValue.Kind.QUERY, name), TextCondition.read(args));
    }
}
