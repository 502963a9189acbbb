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

/** {@code path}: a prefix of the path, or a pattern that may rewrite the path to its first group. */
public final class PathProvider implements FilterProvider {
    private static final RequestValue PATH = new RequestValue(RequestValue.Kind.PATH, "");

    @Override
    public String type() {
        return "path";
    }

    @Override
    public Filter create(FilterArgs args) {
        boolean rewrite = args.flag("rewrite", false);
        if (args.flag("regex", false)) {
            return new PathPattern(args.pattern("pattern"), rewrite, args.flag("backtracking", false));
        }
        args.flag("backtracking", false);
        return new PathPrefix(args.text("pattern"));
    }

    private record PathPrefix(String prefix) implements Filter {
        @Override
        public Verdict test(RequestView request) {
            return Verdict.of(request.path().startsWith(prefix));
        }

        @Override
        public Evidence evidence(RequestView request) {
            return Evidence.of(request.path(), "prefix " + prefix);
        }

        @Override
        public Condition condition() {
            return new Condition.Text(PATH, false, new Texts.Prefix(prefix, false));
        }
    }

    private record PathPattern(TextPattern pattern, boolean rewrite, boolean backtracking) implements Filter {
        @Override
        public Verdict test(RequestView request) {
            Verdict verdict = pattern.test(request.path());
            return rewrite && verdict.matched() ? Verdict.rewrite(firstGroup(request.path())) : verdict;
        }

        @Override
        public boolean capturing() {
            return pattern.capturing();
        }

        @Override
        public Evidence evidence(RequestView request) {
            return new Evidence(request.path(), pattern.text(), pattern.captures(request.path()));
        }

        @Override
        public Condition condition() {
            Condition found = new Condition.Text(PATH, false, new Texts.Found(pattern, false, backtracking, false));
            return rewrite ? new Condition.Rewriting(found) : found;
        }

        private String firstGroup(String path) {
            String group = pattern.capturing() ? pattern.captures(path).group(1) : null;
            return group == null ? "/" : group;
        }
    }
}
