package io.erulb.upstream.health;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.CheckResult;
import io.erulb.upstream.HealthOptions;
import io.erulb.upstream.HealthOptions.Checks;
import io.erulb.upstream.Peer;
import io.erulb.upstream.PeerHealth.State;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** When servers are checked. */
class HealthChecksTest {
    private static final Duration TICK = Duration.ofMillis(20);
    private static final CheckResult PASSED = new CheckResult(true, "status 200");
    private static final CheckResult FAILED = new CheckResult(false, "no answer");

    private final TestClock clock = new TestClock();
    private final long start = clock.getAsLong();
    private final HealthChecks checks = new HealthChecks(clock, new Random(1));
    private final List<Check> begun = new ArrayList<>();
    private final List<Probe.Done> waiting = new ArrayList<>();
    private final CheckPlan plan = new CheckPlan(this::probe, Duration.ofSeconds(2), 2, 2);

    private record Check(String address, long millis, Probe.Done done) {}

    private Probe probe(InetSocketAddress address) {
        return done -> begun.add(new Check(address.getAddress().getHostAddress(), millis(), done));
    }

    private long millis() {
        return Duration.ofNanos(clock.getAsLong() - start).toMillis();
    }

    private Upstream upstream(String... servers) {
        return Upstream.of(
                "up",
                Servers.of(servers),
                Servers.options(clock).withHealth(HealthOptions.defaults().withChecks(Checks.UP_AT_FIRST)));
    }

    private void pass(Duration time) {
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            clock.pass(TICK);
            checks.run(Integer.MAX_VALUE);
        }
    }

    /** Lets time pass, in which every check ends at once with a result. */
    private void pass(Duration time, CheckResult result) {
        int known = begun.size();
        for (Duration passed = Duration.ZERO; passed.compareTo(time) < 0; passed = passed.plus(TICK)) {
            pass(TICK);
            begun.subList(known, begun.size()).forEach(check -> check.done.with(result));
            known = begun.size();
        }
    }

    private List<Long> times(String address) {
        return begun.stream()
                .filter(check -> check.address.equals(address))
                .map(Check::millis)
                .toList();
    }

    @Test
    void theFirstComesWithinASecondTheNextWithinAnIntervalAndTheOthersThatApartOrALittleLess() {
        checks.set("up", upstream("a", "b", "c").peers(), plan);

        pass(Duration.ofSeconds(60), PASSED);

        for (String address : List.of("10.0.0.1", "10.0.0.2", "10.0.0.3")) {
            List<Long> times = times(address);
            assertThat(times.get(0)).isLessThanOrEqualTo(1020);
            assertThat(times.get(1) - times.get(0)).isLessThanOrEqualTo(2020);
            apartByTheInterval(times);
        }
        assertThat(times("10.0.0.1")).isNotEqualTo(times("10.0.0.2"));
        assertThat(begun).hasSizeBetween(88, 96);
    }

    /** From the second one on. */
    private static void apartByTheInterval(List<Long> times) {
        for (int i = 2; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(1940L, 2000L);
        }
    }

    @Test
    void manyAreSpreadOverTheInterval() {
        Upstream many = many(1000);
        checks.set("up", many.peers(), plan);
        pass(Duration.ofSeconds(4), PASSED);

        spread();
    }

    @Test
    void manyAreBegunAtSixtyTimesInTheInterval() {
        checks.set("up", many(5000).peers(), plan);
        pass(Duration.ofSeconds(4), PASSED);
        begun.clear();
        pass(Duration.ofMillis(1960), PASSED);

        assertThat(begun.stream().map(Check::millis).distinct()).hasSizeBetween(58, 60);
    }

    @Test
    void noMoreAreBegunThanAskedFor() {
        checks.set("up", many(100).peers(), plan);
        clock.pass(Duration.ofSeconds(1));

        assertThat(checks.run(60)).isEqualTo(60);
        assertThat(checks.run(60)).isEqualTo(40);
        assertThat(checks.run(60)).isZero();
        assertThat(begun).extracting(Check::address).doesNotHaveDuplicates().hasSize(100);
    }

    @Test
    void comeInTheSameOrderEachTime() {
        int size = 5000;
        checks.set("up", many(size).peers(), plan);
        pass(Duration.ofSeconds(4), PASSED);
        begun.clear();
        pass(Duration.ofSeconds(6), PASSED);

        List<String> order = begun.stream().map(Check::address).toList();

        assertThat(order.subList(0, size)).doesNotHaveDuplicates();
        assertThat(order.subList(size, 2 * size).equals(order.subList(0, size))).isTrue();
    }

    @Test
    void ofThousandsNeighboursComeTogetherAndAreSpreadAllTheSame() {
        checks.set("up", many(5000).peers(), plan);
        pass(Duration.ofSeconds(4), PASSED);

        for (int quarter = 0; quarter < 8; quarter++) {
            begun.clear();
            pass(Duration.ofMillis(500), PASSED);
            assertThat(begun).as("quarter %s", quarter).hasSizeBetween(1180, 1380);
        }
        List<String> addresses = List.of(manyAddresses(5000));
        int[] numbers = begun.stream()
                .mapToInt(check -> addresses.indexOf(check.address))
                .toArray();
        long steps = IntStream.range(1, numbers.length)
                .filter(i -> numbers[i] == numbers[i - 1] + 1)
                .count();
        assertThat(steps).isGreaterThan(numbers.length / 2);
    }

    private Upstream many(int count) {
        return Upstream.of("up", List.of(Servers.named("many.test", manyAddresses(count))), Servers.options(clock));
    }

    private static String[] manyAddresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "10.1." + i / 250 + "." + (i % 250 + 1))
                .toArray(String[]::new);
    }

    /** Of a thousand, about as many are begun in each quarter of the interval. */
    private void spread() {
        for (int quarter = 0; quarter < 16; quarter++) {
            begun.clear();
            pass(Duration.ofMillis(500), PASSED);
            assertThat(begun).as("quarter %s", quarter).hasSizeBetween(200, 315);
        }
    }

    @Test
    void areSpreadAnewAfterAStandstillAndAShorterInterval() {
        Upstream many = many(1000);
        checks.set("up", many.peers(), new CheckPlan(this::probe, Duration.ofSeconds(60), 2, 2));
        pass(Duration.ofSeconds(70), PASSED);

        checks.set("up", many.peers(), plan);
        pass(Duration.ofSeconds(2), PASSED);
        spread();

        clock.pass(Duration.ofSeconds(3));
        pass(TICK, PASSED);
        pass(Duration.ofSeconds(2), PASSED);
        spread();
    }

    @Test
    void whatACheckByAnEarlierPlanFindsCountsNoMoreAndIsNotWaitedFor() {
        Upstream upstream = upstream("a");
        checks.set("up", upstream.peers(), plan);
        pass(Duration.ofSeconds(1));
        Check old = begun.get(0);
        begun.clear();

        checks.set("up", upstream.peers(), new CheckPlan(this::probe, Duration.ofSeconds(2), 1, 1));
        pass(Duration.ofSeconds(2));
        assertThat(begun).hasSize(1);

        old.done.with(FAILED);
        assertThat(upstream.peers().get(0).leftOut()).isFalse();
        begun.get(0).done.with(FAILED);
        assertThat(upstream.peers().get(0).leftOut()).isTrue();
    }

    @Test
    void noneIsBegunWhileTheOneBeforeRuns() {
        checks.set("up", upstream("a").peers(), plan);

        pass(Duration.ofSeconds(10));
        assertThat(begun).hasSize(1);

        begun.get(0).done.with(PASSED);
        pass(Duration.ofSeconds(2));
        assertThat(begun).hasSize(2);
    }

    @Test
    void aServerThatHangsIsOutWithinTheIntervalTimesTheFailuresNeeded() {
        for (int seed = 0; seed < 50; seed++) {
            HealthChecks seeded = new HealthChecks(clock, new Random(seed));
            List<Long> ends = new ArrayList<>();
            boolean[] hangs = {false};
            Probe.Maker probe = address -> done -> {
                if (hangs[0]) {
                    ends.add(clock.getAsLong() + Duration.ofSeconds(1).toNanos());
                    waiting.add(done);
                } else {
                    done.with(PASSED);
                }
            };
            Peer peer = upstream("a", "b").peers().get(0);
            seeded.set("up", List.of(peer), new CheckPlan(probe, Duration.ofSeconds(2), 2, 2));
            for (int tick = 0; tick < 150 + seed; tick++) {
                clock.pass(TICK);
                seeded.run(Integer.MAX_VALUE);
            }

            hangs[0] = true;
            long hung = clock.getAsLong();
            while (!peer.leftOut()) {
                clock.pass(TICK);
                if (!ends.isEmpty() && clock.getAsLong() - ends.get(0) >= 0) {
                    ends.remove(0);
                    waiting.remove(0).with(FAILED);
                }
                seeded.run(Integer.MAX_VALUE);
            }

            assertThat(Duration.ofNanos(clock.getAsLong() - hung)).isLessThanOrEqualTo(Duration.ofSeconds(4));
        }
    }

    @Test
    void aServerThatIsOutIsAskedAtTheUsualInterval() {
        checks.set("up", upstream("a", "b").peers(), plan);

        pass(Duration.ofSeconds(30), FAILED);

        assertThat(times("10.0.0.1")).hasSizeBetween(15, 19);
    }

    @Test
    void whatFindsNothingOutChangesNothing() {
        Upstream upstream = upstream("a", "b");
        checks.set("up", upstream.peers(), plan);

        pass(Duration.ofSeconds(10), null);

        assertThat(upstream.peers()).noneMatch(Peer::leftOut);
        assertThat(times("10.0.0.1")).hasSizeGreaterThan(4);
    }

    @Test
    void followTheServersOfTheUpstream() {
        Upstream before = upstream("a", "b");
        checks.set("up", before.peers(), plan);
        pass(Duration.ofSeconds(1));
        Check ofB = begun.stream()
                .filter(check -> check.address.equals("10.0.0.2"))
                .findFirst()
                .orElseThrow();

        Upstream after = before.with(Servers.of("a weight=3", "c", "d down"));
        checks.set("up", after.peers(), plan);
        begun.stream().filter(check -> !check.equals(ofB)).forEach(check -> check.done.with(PASSED));
        begun.clear();
        pass(Duration.ofSeconds(10), PASSED);

        assertThat(begun).extracting(Check::address).containsOnly("10.0.0.1", "10.0.0.3");
        ofB.done.with(FAILED);
        assertThat(before.peers().get(1).leftOut()).as("told after its end").isFalse();
    }

    @Test
    void aServerThatStaysKeepsItsTurn() {
        Upstream upstream = upstream("a", "b");
        checks.set("up", upstream.peers(), plan);
        pass(Duration.ofSeconds(5), PASSED);

        checks.set("up", upstream.with(Servers.of("a weight=3", "b")).peers(), plan);
        pass(Duration.ofSeconds(5), PASSED);

        apartByTheInterval(times("10.0.0.1"));
        apartByTheInterval(times("10.0.0.2"));
    }

    @Test
    void aShorterIntervalCountsAtOnce() {
        Upstream upstream = upstream("a");
        checks.set("up", upstream.peers(), new CheckPlan(this::probe, Duration.ofHours(1), 2, 2));
        pass(Duration.ofSeconds(2), PASSED);
        begun.clear();

        checks.set("up", upstream.peers(), plan);
        pass(Duration.ofSeconds(3), PASSED);

        assertThat(begun).isNotEmpty();
    }

    @Test
    void aProbeThatThrowsFailsThatCheckAndNoOther() {
        Upstream upstream = upstream("a", "b");
        Probe.Maker throwing = address -> done -> {
            throw new IllegalStateException("no way");
        };
        checks.set("up", upstream.peers(), new CheckPlan(throwing, Duration.ofSeconds(2), 1, 1));
        checks.set("other", upstream("c").peers(), plan);

        pass(Duration.ofSeconds(5), PASSED);

        assertThat(upstream.peers()).allMatch(Peer::leftOut);
        assertThat(upstream.peers().get(0).health().reason()).isEqualTo("no check: no way");
        assertThat(times("10.0.0.3")).hasSizeGreaterThan(1);
    }

    @Test
    void aProbeIsToldWhenItIsOfNoUseAnyMore() {
        List<String> stopped = new ArrayList<>();
        Probe.Maker maker = address -> new Probe() {
            @Override
            public void start(Done done) {
                done.with(PASSED);
            }

            @Override
            public void stop() {
                stopped.add(address.getAddress().getHostAddress());
            }
        };
        Upstream upstream = upstream("a", "b");
        checks.set("up", upstream.peers(), new CheckPlan(maker, Duration.ofSeconds(2), 1, 1));
        pass(Duration.ofSeconds(2));
        assertThat(stopped).isEmpty();

        checks.set("up", upstream.with(Servers.of("a")).peers(), new CheckPlan(maker, Duration.ofSeconds(2), 2, 2));
        assertThat(stopped)
                .as("one by its server's end, the other by another plan")
                .containsExactly("10.0.0.1", "10.0.0.2");
        pass(Duration.ofSeconds(2));
        checks.remove("up");
        assertThat(stopped).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.1");
    }

    @Test
    void whatWasFoundBeforeIsFoundAnewOfAServerThatForgotIt() {
        UpstreamOptions options =
                Servers.options(clock).withHealth(HealthOptions.defaults().withChecks(Checks.DOWN_AT_FIRST));
        Upstream checked = Upstream.of("up", Servers.of("a", "b"), options);
        checks.set("up", checked.peers(), plan);
        pass(Duration.ofSeconds(10), PASSED);
        assertThat(checked.peers()).allMatch(peer -> peer.health().state() == State.UP);

        Upstream again = checked.with(checked.servers(), Servers.options(clock)).with(checked.servers(), options);
        checks.set("up", again.peers(), plan);
        assertThat(again.peers()).allMatch(peer -> peer.health().state() == State.NOT_CHECKED);
        pass(Duration.ofSeconds(2), PASSED);

        assertThat(again.peers()).allMatch(peer -> peer.health().state() == State.UP);
    }

    @Test
    void aChangeThatIsMadeAndNotUsedIsMadeUpForByTheNextCheck() {
        UpstreamOptions options =
                Servers.options(clock).withHealth(HealthOptions.defaults().withChecks(Checks.DOWN_AT_FIRST));
        Upstream checked = Upstream.of("up", Servers.of("a", "b"), options);
        checks.set("up", checked.peers(), plan);
        pass(Duration.ofSeconds(10), PASSED);

        assertThat(checked.with(checked.servers(), Servers.options(clock))).isNotEqualTo(checked);
        pass(Duration.ofSeconds(2), PASSED);

        assertThat(checked.peers()).allMatch(peer -> peer.health().state() == State.UP);
    }

    @Test
    void turnsAreCountedAlsoAfterManyOfOneKind() {
        Upstream upstream = upstream("a", "b");
        checks.set("up", upstream.peers(), plan);
        for (int round = 0; round < 3; round++) {
            pass(Duration.ofSeconds(20), FAILED);
            assertThat(upstream.peers()).allMatch(Peer::leftOut);
            pass(Duration.ofSeconds(20), PASSED);
            assertThat(upstream.peers()).noneMatch(Peer::leftOut);
        }
    }

    @Test
    void endWithTheUpstream() {
        checks.set("up", upstream("a", "b").peers(), plan);
        checks.set("other", upstream("c").peers(), plan);

        checks.remove("up");
        pass(Duration.ofSeconds(5), PASSED);

        assertThat(begun).extracting(Check::address).containsOnly("10.0.0.3");
        checks.remove("other");
        assertThat(checks.isEmpty()).isTrue();
        assertThat(checks.size()).isZero();
    }
}
