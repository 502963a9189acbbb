package io.erulb.rules.filter;

import io.erulb.rules.RequestValue;
import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Condition.Texts;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import io.erulb.rules.spi.Verdict;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** {@code host}: the host asked for is one of some names, or below one of them. */
public final class HostProvider implements FilterProvider {
    private static final RequestValue HOST = new RequestValue(RequestValue.Kind.HOST, "");
    private static final String EXPECTED = "expected: a host name without port, such as a.example or *.example";

    @Override
    public String type() {
        return "host";
    }

    @Override
    public Filter create(FilterArgs args) {
        List<String> names =
                args.texts("host").stream().map(HostProvider::normalized).toList();
        if (!names.stream().allMatch(HostProvider::isName)) {
            args.fault("host", EXPECTED);
        }
        Set<String> exact =
                names.stream().filter(name -> !name.startsWith("*")).collect(Collectors.toUnmodifiableSet());
        List<String> suffixes = names.stream()
                .filter(name -> name.startsWith("*"))
                .map(name -> name.substring(1))
                .toList();
        return new HostFilter(exact, suffixes, String.join(", ", names));
    }

    private static String normalized(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return lower.endsWith(".") ? lower.substring(0, lower.length() - 1) : lower;
    }

    private static boolean isName(String name) {
        String bare = name.startsWith("*.") ? name.substring(2) : name;
        return bare.matches("[a-z0-9_-]+(\\.[a-z0-9_-]+)*|\\[[0-9a-f:.]+]");
    }

    private record HostFilter(Set<String> exact, List<String> suffixes, String expected) implements Filter {
        @Override
        public Verdict test(RequestView request) {
            String host = request.host();
            return Verdict.of(exact.contains(host) || isBelow(host));
        }

        @Override
        public Evidence evidence(RequestView request) {
            return Evidence.of(request.host(), expected);
        }

        @Override
        public Condition condition() {
            Stream<Texts> below = suffixes.stream().map(Texts.Below::new);
            Stream<Texts> equal = Stream.of(new Texts.Equal(List.copyOf(exact), false));
            return new Condition.Text(
                    HOST, false, new Texts.AnyOf(Stream.concat(equal, below).toList()));
        }

        private boolean isBelow(String host) {
            for (int i = 0; i < suffixes.size(); i++) {
                if (host.length() > suffixes.get(i).length() && host.endsWith(suffixes.get(i))) {
                    return true;
                }
            }
            return false;
        }
    }
}
