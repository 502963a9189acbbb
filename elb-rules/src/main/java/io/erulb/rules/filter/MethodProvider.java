package io.erulb.rules.filter;

import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Verdict;
import java.util.List;
import java.util.Set;

/** {@code method}: the method is one of some; case matters, as RFC 9110 section 9.1 has it. */
public final class MethodProvider implements FilterProvider {
    @Override
    public String type() {
        return "method";
    }

    @Override
    public Filter create(FilterArgs args) {
        List<String> methods = args.texts("method");
        if (!methods.stream().allMatch(HttpToken::isToken)) {
            args.fault("method", "expected: method names such as GET or POST");
        }
        return new MethodFilter(Set.copyOf(methods), String.join(", ", methods));
    }

    private record MethodFilter(Set<String> methods, String expected) implements Filter {
        @Override
        public Verdict test(RequestView request) {
            return Verdict.of(methods.contains(request.method()));
        }

        @Override
        public Evidence evidence(RequestView request) {
            return Evidence.of(request.method(), expected);
        }

        @Override
        public Condition condition() {
            return new Condition.Method(methods);
        }
    }
}
