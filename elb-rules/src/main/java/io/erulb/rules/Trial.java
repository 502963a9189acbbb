package io.erulb.rules;

import static java.util.Objects.requireNonNull;

import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Evidence;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Limit;
import io.erulb.rules.spi.Verdict;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A graph's rules with nothing left to luck, the hour or what went before: limits let everything through, and where a
 * verdict varies it is {@link Ways} that choose. The graph itself is left alone. Used by one thread.
 */
final class Trial {
    private static final int MINUTES_OF_WEEK = 7 * 24 * 60;

    private final Ways ways = new Ways();
    private final RuleGraph graph;
    private @Nullable Instant moment;

    Trial(RuleGraph real) {
        Map<Node, FilterNode> twins = new HashMap<>();
        for (Node node : real.nodes()) {
            if (node instanceof FilterNode filter) {
                twins.put(node, new FilterNode(filter.guard(), new Settled(filter.filter()), new RuleTally()));
            }
        }
        twins.forEach((node, twin) -> link((FilterNode) node, twin, twins));
        List<Node> nodes = new ArrayList<>();
        real.nodes().forEach(node -> nodes.add(twin(node, twins)));
        this.graph = new RuleGraph(real.domain(), real.document(), twin(real.start(), twins), nodes);
    }

    private static void link(FilterNode node, FilterNode twin, Map<Node, FilterNode> twins) {
        twin.linkSucc(twin(node.succ(), twins));
        twin.linkFail(twin(node.fail(), twins));
    }

    private static Node twin(Node node, Map<Node, FilterNode> twins) {
        FilterNode twin = twins.get(node);
        return twin == null ? node : twin;
    }

    RuleGraph graph() {
        return graph;
    }

    /** Begins with the first way of a request that is made at a moment, or at any when it is null. */
    Ways ways(@Nullable Instant at) {
        moment = at;
        ways.clear();
        return ways;
    }

    /** Stays on the way it is at. */
    void again() {
        ways.again();
    }

    /** One filter of the trial. */
    private final class Settled implements Filter {
        private final Filter filter;
        private final boolean limit;
        private @Nullable Condition asked;

        Settled(Filter filter) {
            this.filter = filter;
            this.limit = filter instanceof Limit;
        }

        @Override
        public Verdict test(RequestView request) {
            if (limit) {
                return Verdict.MATCH;
            }
            LocalDateTime time = time();
            if (time != null) {
                return Verdict.of(((Condition.Clock) asked()).holds(requireNonNull(moment)));
            }
            return varies() ? Verdict.of(ways.choose()) : filter.test(request);
        }

        @Override
        public boolean capturing() {
            return !limit && filter.capturing();
        }

        @Override
        public Evidence evidence(RequestView request) {
            Evidence real = filter.evidence(request);
            LocalDateTime time = time();
            if (limit) {
                return Evidence.of("a test's request", real.expected());
            }
            if (time != null) {
                return Evidence.of(time.getDayOfWeek() + " " + time, real.expected());
            }
            return varies() ? Evidence.of("either way", real.expected()) : real;
        }

        /** What the filter asks of requests, once it is known. */
        private Condition asked() {
            Condition known = asked;
            if (known == null) {
                known = filter.condition();
                asked = known;
            }
            return known;
        }

        /** What a filter that goes by the time sees of the moment; null when it goes by something else or there is none. */
        private @Nullable LocalDateTime time() {
            Instant at = moment;
            return at != null && asked() instanceof Condition.Clock clock
                    ? LocalDateTime.ofInstant(at, clock.zone())
                    : null;
        }

        /** Whether the same request may get either verdict. */
        private boolean varies() {
            if (asked() instanceof Condition.Clock clock) {
                int minutes = clock.minutes().cardinality();
                return minutes > 0 && minutes < MINUTES_OF_WEEK;
            }
            if (asked() instanceof Condition.Share share) {
                return share.on() == null && share.share() > 0 && share.share() < 1;
            }
            return asked() instanceof Condition.Chance;
        }
    }
}
