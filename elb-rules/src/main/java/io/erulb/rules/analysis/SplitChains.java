package io.erulb.rules.analysis;

import io.erulb.rules.GraphRule;
import io.erulb.rules.analysis.Finding.Kind;
import io.erulb.rules.spi.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Splits one after the other along {@code fail}. Shares of 50, 30 and 20 % look like parts of a whole, but each is of what the
 * split before leaves: 50, 15 and 7 %, with 28 % for the last {@code fail}. Where all place the same value by the same salt,
 * they are nested instead: 50 %, and nothing for the others.
 */
final class SplitChains {
    private static final double WHOLE = 1;
    private static final double PRECISION = 1e-6;

    private SplitChains() {}

    /** What there is to say of the chain that starts with a rule. */
    static List<Finding> of(GraphRule first, GraphShape shape) {
        List<GraphRule> chain = share(first) == null || follows(first, shape) ? List.of() : chain(first, shape);
        if (chain.size() < 2) {
            return List.of();
        }
        List<Condition.Share> shares =
                chain.stream().map(SplitChains::share).filter(Objects::nonNull).toList();
        double sum = shares.stream().mapToDouble(Condition.Share::share).sum();
        if (Math.abs(sum - WHOLE) > PRECISION || shares.stream().anyMatch(share -> share.share() >= WHOLE)) {
            return List.of();
        }
        String seems = "the splits "
                + named(chain, shares.stream().map(Condition.Share::share).toList())
                + " come to 100 %, but each is a share of what the one before leaves";
        List<Double> actual = actual(shares);
        double rest = WHOLE - actual.stream().mapToDouble(Double::doubleValue).sum();
        String message =
                seems + ": they get " + named(chain, actual) + ", and " + percent(rest) + " take the fail of the last";
        return List.of(new Finding(Kind.SPLIT_SUM, first.name(), null, message, null));
    }

    private static List<GraphRule> chain(GraphRule first, GraphShape shape) {
        List<GraphRule> chain = new ArrayList<>();
        GraphRule rule = first;
        while (rule != null && share(rule) != null) {
            chain.add(rule);
            rule = rule.fail() == null ? null : shape.rule(rule.fail());
        }
        return chain;
    }

    private static Condition.@Nullable Share share(GraphRule rule) {
        return rule.condition() instanceof Condition.Share share ? share : null;
    }

    /** Whether another split has the rule in its chain. */
    private static boolean follows(GraphRule rule, GraphShape shape) {
        return shape.into(rule.name()).stream().anyMatch(edge -> !edge.succ() && share(edge.from()) != null);
    }

    private static List<Double> actual(List<Condition.Share> shares) {
        Condition.Share first = shares.get(0);
        boolean nested = first.on() != null
                && shares.stream()
                        .allMatch(share -> Objects.equals(share.on(), first.on())
                                && share.salt().equals(first.salt()));
        List<Double> actual = new ArrayList<>();
        double taken = 0;
        for (Condition.Share share : shares) {
            double got = nested ? Math.max(0, share.share() - taken) : (WHOLE - taken) * share.share();
            actual.add(got);
            taken += got;
        }
        return actual;
    }

    private static String named(List<GraphRule> chain, List<Double> shares) {
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < chain.size(); i++) {
            parts.add(chain.get(i).name() + " " + percent(shares.get(i)));
        }
        return parts.stream().collect(Collectors.joining(", "));
    }

    private static String percent(double share) {
        String text = String.format(Locale.ROOT, "%.2f", share * 100);
        return text.replaceAll("\\.?0+$", "") + " %";
    }
}
