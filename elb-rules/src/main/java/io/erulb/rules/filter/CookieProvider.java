package io.erulb.rules.filter;

import io.erulb.rules.RequestValue;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;

/** {@code cookie}: a cookie's value is like some text, or the cookie is there. */
public final class CookieProvider implements FilterProvider {
    @Override
    public String type() {
        return "cookie";
    }

    @Override
    public Filter create(FilterArgs args) {
        String name = args.text("name");
        if (!HttpToken.isToken(name)) {
            args.fault("name", "expected: a cookie's name");
        }
        return new ValueFilter(new RequestValue(RequestValue.Kind.COOKIE, name), TextCondition.read(args));
    }
}
