package io.erulb.upstream.health;

import static io.erulb.upstream.health.ChecksScene.PASSED;
import static io.erulb.upstream.health.ChecksScene.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.CheckResult;
import io.erulb.upstream.HealthOptions;
import io.erulb.upstream.HealthOptions.Checks;
import io.erulb.upstream.Peer;
import io.erulb.upstream.PeerHealth.State;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.testing.Servers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** When servers are checked. */
class HealthChecksTest {
    private static final CheckResult FAILED = new CheckResult(false, "no answer");

    private final ChecksScene scene = new ChecksScene();
    private final List<Probe.Done> waiting = new ArrayList<>();

    private Upstream upstream(String... servers) {
        return Upstream.of(
                "up",
                Servers.of(servers),
                Servers.options(scene.clock).withHealth(HealthOptions.defaults().withChecks(Checks.UP_AT_FIRST)));
    }

    private List<Long> times(String address) {
        return scene.begun.stream()
                .filter(check -> check.address().equals(address))
                .map(ChecksScene.Check::millis)
                .toList();
    }

    @Test
    void theFirstComesWithinASecondTheNextWithinAnIntervalAndTheOthersThatApartOrALittleLess() {
        scene.checks.set("up", upstream("a", "b", "c").peers(), scene.plan);

        scene.pass(Duration.ofSeconds(60), PASSED);

        for (String address : List.of("10.0.0.1", "10.0.0.2", "10.0.0.3")) {
            List<Long> times = times(address);
            assertThat(times.get(0)).isLessThanOrEqualTo(1020);
            assertThat(times.get(1) - times.get(0)).isLessThanOrEqualTo(2020);
            apartByTheInterval(times);
        }
        assertThat(times("10.0.0.1")).isNotEqualTo(times("10.0.0.2"));
        assertThat(scene.begun).hasSizeBetween(88, 96);
    }

    /** From the second one on. */
    private static void apartByTheInterval(List<Long> times) {
        for (int i = 2; i < times.size(); i++) {
            assertThat(times.get(i) - times.get(i - 1)).isBetween(1940L, 2000L);
        }
    }

    @Test
    void whatACheckByAnEarlierPlanFindsCountsNoMoreAndIsNotWaitedFor() {
        Upstream upstream = upstream("a");
        scene.checks.set("up", upstream.peers(), scene.plan);
        scene.pass(Duration.ofSeconds(1));
        ChecksScene.Check old = scene.begun.get(0);
        scene.begun.clear();

        scene.checks.set("up", upstream.peers(), new CheckPlan(scene::probe, Duration.ofSeconds(2), 1, 1));
        scene.pass(Duration.ofSeconds(2));
        assertThat(scene.begun).hasSize(1);

        old.done().with(FAILED);
        assertThat(upstream.peers().get(0).leftOut()).isFalse();
        scene.begun.get(0).done().with(FAILED);
        assertThat(upstream.peers().get(0).leftOut()).isTrue();
    }

    @Test
    void noneIsBegunWhileTheOneBeforeRuns() {
        scene.checks.set("up", upstream("a").peers(), scene.plan);

        scene.pass(Duration.ofSeconds(10));
        assertThat(scene.begun).hasSize(1);

        scene.begun.get(0).done().with(PASSED);
        scene.pass(Duration.ofSeconds(2));
        assertThat(scene.begun).hasSize(2);
    }

    @Test
    void aServerThatHangsIsOutWithinTheIntervalTimesTheFailuresNeeded() {
        for (int seed = 0; seed < 50; seed++) {
            HealthChecks seeded = new HealthChecks(scene.clock, new Random(seed));
            List<Long> ends = new ArrayList<>();
            boolean[] hangs = {false};
            Probe.Maker probe = address -> done -> {
                if (hangs[0]) {
                    ends.add(scene.clock.getAsLong() + Duration.ofSeconds(1).toNanos());
                    waiting.add(done);
                } else {
                    done.with(PASSED);
                }
            };
            Peer peer = upstream("a", "b").peers().get(0);
            seeded.set("up", List.of(peer), new CheckPlan(probe, Duration.ofSeconds(2), 2, 2));
            for (int tick = 0; tick < 150 + seed; tick++) {
                scene.clock.pass(TICK);
                seeded.run(Integer.MAX_VALUE);
            }

            hangs[0] = true;
            long hung = scene.clock.getAsLong();
            while (!peer.leftOut()) {
                scene.clock.pass(TICK);
                if (!ends.isEmpty() && scene.clock.getAsLong() - ends.get(0) >= 0) {
                    ends.remove(0);
                    waiting.remove(0).with(FAILED);
                }
                seeded.run(Integer.MAX_VALUE);
            }

            assertThat(Duration.ofNanos(scene.clock.getAsLong() - hung)).isLessThanOrEqualTo(Duration.ofSeconds(4));
        }
    }

    @Test
    void aServerThatIsOutIsAskedAtTheUsualInterval() {
        scene.checks.set("up", upstream("a", "b").peers(), scene.plan);

        scene.pass(Duration.ofSeconds(30), FAILED);

        assertThat(times("10.0.0.1")).hasSizeBetween(15, 19);
    }

    @Test
    void whatFindsNothingOutChangesNothing() {
        Upstream upstream = upstream("a", "b");
        scene.checks.set("up", upstream.peers(), scene.plan);

        scene.pass(Duration.ofSeconds(10), null);

        assertThat(upstream.peers()).noneMatch(Peer::leftOut);
        assertThat(times("10.0.0.1")).hasSizeGreaterThan(4);
    }

    @Test
    void followTheServersOfTheUpstream() {
        Upstream before = upstream("a", "b");
        scene.checks.set("up", before.peers(), scene.plan);
        scene.pass(Duration.ofSeconds(1));
        ChecksScene.Check ofB = scene.begun.stream()
                .filter(check -> check.address().equals("10.0.0.2"))
                .findFirst()
                .orElseThrow();

        Upstream after = before.with(Servers.of("a weight=3", "c", "d down"));
        scene.checks.set("up", after.peers(), scene.plan);
        scene.begun.stream()
                .filter(check -> !check.equals(ofB))
                .forEach(check -> check.done().with(PASSED));
        scene.begun.clear();
        scene.pass(Duration.ofSeconds(10), PASSED);

        assertThat(scene.begun).extracting(ChecksScene.Check::address).containsOnly("10.0.0.1", "10.0.0.3");
        ofB.done().with(FAILED);
        assertThat(before.peers().get(1).leftOut()).as("told after its end").isFalse();
    }

    @Test
    void aServerThatStaysKeepsItsTurn() {
        Upstream upstream = upstream("a", "b");
        scene.checks.set("up", upstream.peers(), scene.plan);
        scene.pass(Duration.ofSeconds(5), PASSED);

        scene.checks.set("up", upstream.with(Servers.of("a weight=3", "b")).peers(), scene.plan);
        scene.pass(Duration.ofSeconds(5), PASSED);

        apartByTheInterval(times("10.0.0.1"));
        apartByTheInterval(times("10.0.0.2"));
    }

    @Test
    void aShorterIntervalCountsAtOnce() {
        Upstream upstream = upstream("a");
        scene.checks.set("up", upstream.peers(), new CheckPlan(scene::probe, Duration.ofHours(1), 2, 2));
        scene.pass(Duration.ofSeconds(2), PASSED);
        scene.begun.clear();

        scene.checks.set("up", upstream.peers(), scene.plan);
        scene.pass(Duration.ofSeconds(3), PASSED);

        assertThat(scene.begun).isNotEmpty();
    }

    @Test
    void aProbeThatThrowsFailsThatCheckAndNoOther() {
        Upstream upstream = upstream("a", "b");
        Probe.Maker throwing = address -> done -> {
            throw new IllegalStateException("no way");
        };
        scene.checks.set("up", upstream.peers(), new CheckPlan(throwing, Duration.ofSeconds(2), 1, 1));
        scene.checks.set("other", upstream("c").peers(), scene.plan);

        scene.pass(Duration.ofSeconds(5), PASSED);

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
        scene.checks.set("up", upstream.peers(), new CheckPlan(maker, Duration.ofSeconds(2), 1, 1));
        scene.pass(Duration.ofSeconds(2));
        assertThat(stopped).isEmpty();

        scene.checks.set(
                "up", upstream.with(Servers.of("a")).peers(), new CheckPlan(maker, Duration.ofSeconds(2), 2, 2));
        assertThat(stopped)
                .as("one by its server's end, the other by another plan")
                .containsExactly("10.0.0.1", "10.0.0.2");
        scene.pass(Duration.ofSeconds(2));
        scene.checks.remove("up");
        assertThat(stopped).containsExactly("10.0.0.1", "10.0.0.2", "10.0.0.1");
    }

    private UpstreamOptions downAtFirst() {
        return Servers.options(scene.clock).withHealth(HealthOptions.defaults().withChecks(Checks.DOWN_AT_FIRST));
    }

    private Upstream foundUp(UpstreamOptions options) {
        Upstream checked = Upstream.of("up", Servers.of("a", "b"), options);
        scene.checks.set("up", checked.peers(), scene.plan);
        scene.pass(Duration.ofSeconds(10), PASSED);
        assertThat(checked.peers()).allMatch(peer -> peer.health().state() == State.UP);
        return checked;
    }

    @Test
    void whatWasFoundBeforeIsFoundAnewOfAServerThatForgotIt() {
        UpstreamOptions options = downAtFirst();
        Upstream checked = foundUp(options);

        Upstream again =
                checked.with(checked.servers(), Servers.options(scene.clock)).with(checked.servers(), options);
        scene.checks.set("up", again.peers(), scene.plan);
        assertThat(again.peers()).allMatch(peer -> peer.health().state() == State.NOT_CHECKED);
        scene.pass(Duration.ofSeconds(2), PASSED);

        assertThat(again.peers()).allMatch(peer -> peer.health().state() == State.UP);
    }

    @Test
    void aChangeThatIsMadeAndNotUsedIsMadeUpForByTheNextCheck() {
        Upstream checked = foundUp(downAtFirst());

        assertThat(checked.with(checked.servers(), Servers.options(scene.clock)))
                .isNotEqualTo(checked);
        scene.pass(Duration.ofSeconds(2), PASSED);

        assertThat(checked.peers()).allMatch(peer -> peer.health().state() == State.UP);
    }

    @Test
    void turnsAreCountedAlsoAfterManyOfOneKind() {
        Upstream upstream = upstream("a", "b");
        scene.checks.set("up", upstream.peers(), scene.plan);
        for (int round = 0; round < 3; round++) {
            scene.pass(Duration.ofSeconds(20), FAILED);
            assertThat(upstream.peers()).allMatch(Peer::leftOut);
            scene.pass(Duration.ofSeconds(20), PASSED);
            assertThat(upstream.peers()).noneMatch(Peer::leftOut);
        }
    }

    @Test
    void endWithTheUpstream() {
        scene.checks.set("up", upstream("a", "b").peers(), scene.plan);
        scene.checks.set("other", upstream("c").peers(), scene.plan);

        scene.checks.remove("up");
        scene.pass(Duration.ofSeconds(5), PASSED);

        assertThat(scene.begun).extracting(ChecksScene.Check::address).containsOnly("10.0.0.3");
        scene.checks.remove("other");
        assertThat(scene.checks.isEmpty()).isTrue();
        assertThat(scene.checks.size()).isZero();
    }
}
