package io.erulb.upstream.simulation;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.ServerSpec;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.spi.Selection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Requests that come at random moments to servers which work at a few of them at a time and queue the rest. Time is a number
 * that goes from event to event.
 */
final class Simulation {
    private static final long SECOND = 1_000_000_000;

    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Random random;
    private final Upstream upstream;
    private final Map<String, SimulatedServer> servers = new HashMap<>();
    private final int tries;
    private final Outcome outcome = new Outcome();
    private long now;
    private long made;

    /** What happens at a time; of the same time, in the order in which it was planned. */
    private record Event(long nanos, long order, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    /**
     * Servers and what they go by.
     *
     * @param policy makes the upstream's options of usual ones
     * @param parameters of each server
     * @param tries how many servers a request that fails is sent to
     */
    record Setup(UnaryOperator<UpstreamOptions> policy, String parameters, int tries, List<SimulatedServer> servers) {}

    Simulation(Setup setup, long seed) {
        List<SimulatedServer> servers = setup.servers();
        this.tries = setup.tries();
        this.random = new Random(seed);
        List<ResolvedServer> resolved = IntStream.range(0, servers.size())
                .mapToObj(i -> "10.0.0." + (i + 1) + ":80")
                .map(address -> ResolvedServer.literal(ServerSpec.parse(address, setup.parameters())))
                .toList();
        for (int i = 0; i < servers.size(); i++) {
            this.servers.put(resolved.get(i).spec().address(), servers.get(i));
        }
        this.upstream = Upstream.of(
                "up",
                resolved,
                setup.policy()
                        .apply(UpstreamOptions.defaults()
                                .withNanoClock(() -> now)
                                .withRandom(new Random(seed + 1))));
    }

    /** Has requests come at a rate for some seconds; those under way go on in what comes next. */
    Simulation load(double requestsASecond, int seconds) {
        long end = now + seconds * SECOND;
        plan(next(requestsASecond), () -> arrive(requestsASecond, end));
        runUntil(end);
        now = end;
        return this;
    }

    /** Sees all requests to their end. */
    Outcome outcome() {
        runUntil(Long.MAX_VALUE);
        return outcome;
    }

    private void runUntil(long end) {
        while (!events.isEmpty() && events.element().nanos < end) {
            Event event = events.remove();
            now = event.nanos;
            event.action.run();
        }
    }

    private void arrive(double requestsASecond, long end) {
        send();
        long following = next(requestsASecond);
        if (now + following < end) {
            plan(following, () -> arrive(requestsASecond, end));
        }
    }

    private void send() {
        send(null, now, 1);
    }

    private void send(@Nullable Attempt previous, long begun, int number) {
        Attempt attempt = number <= tries ? upstream.pick(previous) : null;
        if (attempt == null) {
            outcome.add(now - begun, true);
            return;
        }
        Try started = new Try(begun, number);
        started.ask(attempt);
        long patience = number == 1 ? upstream.hedgeAfterNanos() : Long.MAX_VALUE;
        if (patience < Long.MAX_VALUE) {
            plan(patience, started::askBeside);
        }
    }

    /** One try of a request: at one server, or at two of which the one that is slower goes on for nothing. */
    private final class Try {
        private final long begun;
        private final int number;
        /** Those without an answer, and when they were asked. */
        private final Map<Attempt, Long> running = new LinkedHashMap<>();

        private @Nullable Attempt last;

        Try(long begun, int number) {
            this.begun = begun;
            this.number = number;
        }

        void ask(Attempt attempt) {
            last = attempt;
            running.put(attempt, now);
            outcome.attempt();
            SimulatedServer server = servers.get(attempt.peer().spec().address());
            server.take(Simulation.this, random, failed -> answered(attempt, failed));
        }

        void askBeside() {
            Attempt second = running.isEmpty() ? null : upstream.pickBeside(last, Selection.NO_KEY);
            if (second != null) {
                ask(second);
            }
        }

        private void answered(Attempt attempt, boolean failed) {
            Long asked = running.remove(attempt);
            if (asked == null) {
                return;
            }
            attempt.answered(failed ? 500 : 200, now - asked);
            if (!failed) {
                attempt.succeeded();
                running.forEach((slower, since) -> slower.outrun(now - since));
                running.clear();
                outcome.add(now - begun, false);
                return;
            }
            attempt.failed(Failure.STATUS);
            if (running.isEmpty()) {
                send(last, begun, number + 1);
            }
        }
    }

    /** The upstream. */
    Upstream upstream() {
        return upstream;
    }

    /** Has something happen after some nanoseconds. */
    void plan(long nanos, Runnable action) {
        events.add(new Event(now + nanos, made++, action));
    }

    private long next(double aSecond) {
        return exponential(random, SECOND / aSecond);
    }

    /** A time of a Poisson process, in nanoseconds. */
    static long exponential(Random random, double mean) {
        return (long) (-StrictMath.log(1 - random.nextDouble()) * mean);
    }
}
