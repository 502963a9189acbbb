package io.erulb.rules.filter;

import io.erulb.rules.RequestValue;
import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Condition.Texts;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.TextPattern;
import io.erulb.rules.spi.Verdict;

/** {@code ua}: a pattern found in the User-Agent header, ignoring case. */
public final class UaProvider implements FilterProvider {
    private static final RequestValue AGENT = new RequestValue(RequestValue.Kind.HEADER, "User-Agent");

    @Override
    public String type() {
        return "ua";
    }

    @Override
    public Filter create(FilterArgs args) {
        return new UaFilter(args.pattern("pattern", true), args.flag("backtracking", false));
    }

    private record UaFilter(TextPattern pattern, boolean backtracking) implements Filter {
        /** A missing or empty header takes fail whatever the pattern, as in the original. */
        @Override
        public Verdict test(RequestView request) {
            String agent = request.header("User-Agent");
            return agent != null && !agent.isEmpty() ? pattern.test(agent) : Verdict.MISS;
        }

        @Override
        public Condition condition() {
            return new Condition.Text(AGENT, false, new Texts.Found(pattern, true, backtracking, true));
        }

        @Override
        public boolean capturing() {
            return pattern.capturing();
        }

        @Override
        public Evidence evidence(RequestView request) {
            String agent = request.header("User-Agent");
            return agent != null && !agent.isEmpty()
                    ? new Evidence(agent, pattern.text(), pattern.captures(agent))
                    : Evidence.of(agent, pattern.text());
        }
    }
}
