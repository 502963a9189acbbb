package io.erulb.rules.filter;

import io.erulb.rules.RequestValue;
import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Captures;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Verdict;
import java.util.List;

/** {@code header}: one of the values of a header is like some text, or the header is there. */
public final class HeaderProvider implements FilterProvider {
    @Override
    public String type() {
        return "header";
    }

    @Override
    public Filter create(FilterArgs args) {
        String name = args.text("name");
        if (!HttpToken.isToken(name)) {
            args.fault("name", "expected: a header's name");
        }
        return new HeaderFilter(name, TextCondition.read(args));
    }

    private record HeaderFilter(String name, TextCondition text) implements Filter {
        @Override
        public Verdict test(RequestView request) {
            List<String> values = request.headers(name);
            Verdict verdict = Verdict.MISS;
            for (int i = 0; i < values.size(); i++) {
                Verdict one = text.test(values.get(i));
                if (one.matched()) {
                    return one;
                }
                verdict = one == Verdict.GAVE_UP ? one : verdict;
            }
            return verdict;
        }

        @Override
        public Condition condition() {
            RequestValue header = new RequestValue(RequestValue.Kind.HEADER, name);
            return new Condition.Text(header, true, text.texts());
        }

        @Override
        public boolean capturing() {
            return text.capturing();
        }

        @Override
        public Evidence evidence(RequestView request) {
            List<String> values = request.headers(name);
            Captures captures = values.stream()
                    .filter(value -> text.test(value).matched())
                    .findFirst()
                    .map(text::captures)
                    .orElse(Captures.none());
            String seen = values.isEmpty() ? null : String.join(", ", values);
            return new Evidence(seen, name + ": " + text.expected(), captures);
        }
    }
}
