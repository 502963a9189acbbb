package io.erulb.rules.filter;

import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.Condition.Texts;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.TextPattern;
import io.erulb.rules.spi.Verdict;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a text of the request must be like; one scheme for headers, cookies and query parameters. At most one of {@code
 * equals} (a text or some), {@code prefix} and {@code pattern} is given; with none it is enough that the text is there.
 */
sealed interface TextCondition {
    Verdict test(String value);

    /** The condition in words. */
    String expected();

    /** The texts that match. */
    Texts texts();

    default boolean capturing() {
        return false;
    }

    default Captures captures(String value) {
        return Captures.none();
    }

    static TextCondition read(FilterArgs args) {
        boolean ignoreCase = args.flag("ignore_case", false);
        args.flag("backtracking", false);
        List<String> given =
                Stream.of("equals", "prefix", "pattern").filter(args::has).toList();
        if (given.size() > 1) {
            args.fault(
                    given.get(1), "stands beside " + given.get(0) + "; expected: only one of equals, prefix, pattern");
        }
        if (given.contains("equals")) {
            return new Equal(args.texts("equals"), ignoreCase);
        }
        if (given.contains("prefix")) {
            return new Prefix(args.text("prefix"), ignoreCase);
        }
        return given.isEmpty()
                ? new Present()
                : new Matching(args.pattern("pattern", ignoreCase), ignoreCase, args.flag("backtracking", false));
    }

    record Present() implements TextCondition {
        @Override
        public Verdict test(String value) {
            return Verdict.MATCH;
        }

        @Override
        public String expected() {
            return "present";
        }

        @Override
        public Texts texts() {
            return new Texts.All();
        }
    }

    record Equal(List<String> accepted, boolean ignoreCase) implements TextCondition {
        @Override
        public Verdict test(String value) {
            for (int i = 0; i < accepted.size(); i++) {
                String text = accepted.get(i);
                if (ignoreCase ? text.equalsIgnoreCase(value) : text.equals(value)) {
                    return Verdict.MATCH;
                }
            }
            return Verdict.MISS;
        }

        @Override
        public String expected() {
            return "equals " + String.join(", ", accepted);
        }

        @Override
        public Texts texts() {
            return new Texts.Equal(accepted, ignoreCase);
        }
    }

    record Prefix(String text, boolean ignoreCase) implements TextCondition {
        @Override
        public Verdict test(String value) {
            return Verdict.of(value.regionMatches(ignoreCase, 0, text, 0, text.length()));
        }

        @Override
        public String expected() {
            return "prefix " + text;
        }

        @Override
        public Texts texts() {
            return new Texts.Prefix(text, ignoreCase);
        }
    }

    record Matching(TextPattern pattern, boolean ignoreCase, boolean backtracking) implements TextCondition {
        @Override
        public Verdict test(String value) {
            return pattern.test(value);
        }

        @Override
        public String expected() {
            return pattern.text();
        }

        @Override
        public Texts texts() {
            return new Texts.Found(pattern, ignoreCase, backtracking, false);
        }

        @Override
        public boolean capturing() {
            return pattern.capturing();
        }

        @Override
        public Captures captures(String value) {
            return pattern.captures(value);
        }
    }
}
