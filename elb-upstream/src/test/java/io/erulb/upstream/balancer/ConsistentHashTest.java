package io.erulb.upstream.balancer;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Peer;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The same key to the same server, as long as it is there and not overloaded. */
final class ConsistentHashTest {
    private static final int KEYS = 10_000;
    private static final String[] TEN = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"};
    private static final String[] ELEVEN = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k"};

    private final long[] keys = new Random(7).longs(KEYS).toArray();
    private final TestClock clock = new TestClock();

    @Test
    void aServerMoreTakesItsShareFromAllOthersAndMovesNothingElse() {
        Upstream before = upstream(TEN);
        Upstream after = before.with(Servers.of(ELEVEN));

        List<String> moved = moved(owners(before), owners(after));

        assertThat(moved).containsOnly("k").hasSizeLessThanOrEqualTo((int) (1.2 * KEYS / 11));
        assertThat(moved).hasSizeGreaterThan((int) (0.8 * KEYS / 11));
    }

    @Test
    void aServerLessGivesItsKeysToAllOthersAndMovesNothingElse() {
        Upstream before = upstream(ELEVEN);
        List<String> ownersBefore = owners(before);
        List<String> ownersAfter = owners(before.with(Servers.of(TEN)));

        List<String> moved = moved(ownersBefore, ownersAfter);

        assertThat(moved).containsOnly(TEN).hasSizeLessThanOrEqualTo((int) (1.2 * KEYS / 11));
        assertThat(moved)
                .hasSize((int) ownersBefore.stream().filter("k"::equals).count());
    }

    @Test
    void keysAreSharedByWeight() {
        List<String> owners = owners(upstream("a weight=5", "b weight=3", "c weight=2"));

        assertThat(count("a", owners)).isCloseTo(KEYS / 2, Percentage.withPercentage(10));
        assertThat(count("b", owners)).isCloseTo(KEYS * 3 / 10, Percentage.withPercentage(10));
        assertThat(count("c", owners)).isCloseTo(KEYS / 5, Percentage.withPercentage(10));
    }

    @Test
    void weightsFarApartAreKeptToo() {
        List<String> owners = owners(upstream("a weight=60000", "b weight=20000", "c"));

        assertThat(count("a", owners)).isCloseTo(KEYS * 3 / 4, Percentage.withPercentage(5));
        assertThat(count("b", owners)).isCloseTo(KEYS / 4, Percentage.withPercentage(5));
    }

    @Test
    void noServerHasMoreThanAQuarterAboveItsShare() {
        Upstream upstream = upstream("a weight=4", "b", "c", "d weight=2");
        Random random = new Random(13);
        List<Attempt> running = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (running.size() > 300 || (!running.isEmpty() && random.nextInt(100) < 40)) {
                running.remove(random.nextInt(running.size())).succeeded();
                continue;
            }
            // One key in two is the same.
            Attempt attempt = Objects.requireNonNull(
                    upstream.pick(null, random.nextBoolean() ? keys[0] : keys[random.nextInt(KEYS)]));
            running.add(attempt);
            Peer peer = attempt.peer();
            double share = running.size() * peer.spec().weight() / 8.0;
            assertThat(peer.active()).isLessThanOrEqualTo((long) Math.ceil(1.25 * share));
        }
    }

    @Test
    void keysOfAServerThatIsOutGoElsewhereAndComeBack() {
        Upstream upstream = upstream("a", "b", "c");
        List<String> before = owners(upstream);

        Servers.pickAt(upstream, "b").failed(Failure.CONNECT);
        List<String> meanwhile = owners(upstream);
        clock.passSeconds(11);
        Servers.pickAt(upstream, "b").succeeded();

        assertThat(meanwhile).containsOnly("a", "c");
        assertThat(moved(before, meanwhile)).hasSize(count("b", before));
        assertThat(owners(upstream)).isEqualTo(before);
    }

    @Test
    void aRetryGoesToAnotherServerAndToTheSameForTheSameKey() {
        Upstream upstream = upstream("a", "b", "c");
        for (int i = 0; i < 100; i++) {
            Attempt first = Objects.requireNonNull(upstream.pick(null, keys[i]));
            Attempt second = Objects.requireNonNull(upstream.pick(first, keys[i]));
            second.succeeded();
            Attempt again = Objects.requireNonNull(upstream.pick(first, keys[i]));
            again.succeeded();
            first.succeeded();

            assertThat(Servers.host(second)).isNotEqualTo(Servers.host(first)).isEqualTo(Servers.host(again));
        }
    }

    @Test
    void aServerBeyondItsBoundIsBetterThanNone() {
        Upstream upstream = upstream("a", "b max_conns=1");
        List<Attempt> held = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            held.add(Objects.requireNonNull(upstream.pick(null, keys[i])));
        }

        assertThat(held.stream().map(Servers::host).filter("b"::equals)).hasSize(1);
        held.forEach(Attempt::succeeded);
    }

    @Test
    void requestsWithoutAKeyGoByChance() {
        List<String> hosts = List.of(Servers.picks(upstream("a", "b"), 1_000).split(" ", -1));

        assertThat(count("a", hosts)).isBetween(420, 580);
    }

    private List<String> owners(Upstream upstream) {
        return IntStream.range(0, KEYS)
                .mapToObj(i -> {
                    Attempt attempt = Objects.requireNonNull(upstream.pick(null, keys[i]));
                    attempt.succeeded();
                    return Servers.host(attempt);
                })
                .toList();
    }

    /** The new owners of those keys that have another one. */
    private static List<String> moved(List<String> before, List<String> after) {
        return IntStream.range(0, KEYS)
                .filter(i -> !before.get(i).equals(after.get(i)))
                .mapToObj(after::get)
                .toList();
    }

    private static int count(String host, List<String> hosts) {
        return (int) hosts.stream().filter(host::equals).count();
    }

    private Upstream upstream(String... servers) {
        UpstreamOptions options = UpstreamOptions.defaults()
                .withNanoClock(clock)
                .withRandom(new Random(3))
                .withBalancer(new HashProvider());
        return Upstream.of("up", Servers.of(servers), options);
    }
}
