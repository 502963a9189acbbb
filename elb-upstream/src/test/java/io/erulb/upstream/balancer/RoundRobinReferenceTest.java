package io.erulb.upstream.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.testing.Nginx;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A thousand seeds, against nginx's algorithm step by step. */
final class RoundRobinReferenceTest {
    private static final int SEEDS = 1_000;
    private static final int[] HEAVIEST = {1, 2, 5, 10, 100, 1_000, 65_535};

    private final TestClock clock = new TestClock();

    @Test
    void picksAsNginxDoesForAnyWeights() {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<ResolvedServer> servers = servers(random, "");
            Upstream upstream = Upstream.of("up", servers, Servers.options(clock));

            assertSame(seed, new Nginx(clock, servers), upstream, 1_000);
        }
    }

    @Test
    void picksAsNginxDoesPastTheLongestStretch() {
        List<ResolvedServer> servers = Servers.of("a weight=4099", "b weight=2", "c weight=65535", "d weight=17");
        Upstream upstream = Upstream.of("up", servers, Servers.options(clock));

        assertSame(0, new Nginx(clock, servers), upstream, 150_000);
    }

    @Test
    void goesOnAsNginxDoesWhenServersChange() {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<ResolvedServer> servers = servers(random, "");
            Upstream upstream = Upstream.of("up", servers, Servers.options(clock));
            Nginx nginx = new Nginx(clock, servers);
            for (int change = 0; change < 5; change++) {
                assertSame(seed, nginx, upstream, random.nextInt(1_000));
                servers = servers(random, random.nextBoolean() ? "" : "down");
                upstream = upstream.with(servers);
                nginx.change(servers);
            }
            assertSame(seed, nginx, upstream, 1_000);
        }
    }

    @Test
    void goesOnAsNginxDoesWhenServersFailAndComeBack() {
        for (int seed = 0; seed < SEEDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<ResolvedServer> servers = new ArrayList<>(servers(random, "max_fails=" + random.nextInt(1, 4)));
            servers.addAll(Servers.of("z max_fails=0"));
            Upstream upstream = Upstream.of("up", servers, Servers.options(clock));
            Nginx nginx = new Nginx(clock, servers);
            List<Attempt> running = new ArrayList<>();
            for (int step = 0; step < 500; step++) {
                clock.pass(Duration.ofMillis(random.nextInt(3_000)));
                Attempt attempt = Servers.pick(upstream, null);
                assertThat(Servers.host(attempt))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(nginx.pick());
                running.add(attempt);
                while (random.nextInt(3) > 0 && !running.isEmpty()) {
                    end(running.remove(random.nextInt(running.size())), random.nextInt(4) == 0, nginx);
                }
            }
        }
    }

    private static void end(Attempt attempt, boolean failed, Nginx nginx) {
        nginx.free(Servers.host(attempt), failed);
        if (failed) {
            attempt.failed(Failure.TIMEOUT);
        } else {
            attempt.succeeded();
        }
    }

    /** Up to twelve of twenty letters in any order; only the first may carry the parameter that can take it out. */
    private static List<ResolvedServer> servers(SplittableRandom random, String parameters) {
        int heaviest = HEAVIEST[random.nextInt(HEAVIEST.length)];
        List<Character> letters = new ArrayList<>();
        while (letters.size() < 12) {
            char letter = (char) ('a' + random.nextInt(20));
            if (!letters.contains(letter)) {
                letters.add(letter);
            }
        }
        int count = random.nextInt(2, 13);
        List<String> written = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String more = i > 0 && parameters.equals("down") ? "" : parameters;
            written.add(letters.get(i) + " weight=" + random.nextInt(1, heaviest + 1) + " " + more);
        }
        return Servers.of(written.toArray(new String[0]));
    }

    private static void assertSame(int seed, Nginx nginx, Upstream upstream, int picks) {
        for (int i = 0; i < picks; i++) {
            Attempt attempt = Servers.pick(upstream, null);
            attempt.succeeded();
            String expected = nginx.pick();
            if (!Servers.host(attempt).equals(expected)) {
                throw new AssertionError(
                        "seed " + seed + ", pick " + i + ": " + Servers.host(attempt) + " (nginx: " + expected + ")");
            }
        }
    }
}
