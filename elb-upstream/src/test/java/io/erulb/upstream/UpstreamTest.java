package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class UpstreamTest {
    private final TestClock clock = new TestClock();

    @Test
    void hasAPeerForEachAddressOfAName() {
        ResolvedServer name = Servers.named("web weight=2", "10.0.1.1", "10.0.1.2", "10.0.1.3");

        Upstream upstream = Upstream.of("up", List.of(name), UpstreamOptions.defaults());

        assertThat(upstream.peers()).extracting(Peer::address).containsExactlyElementsOf(name.addresses());
        assertThat(upstream.peers()).extracting(Peer::spec).containsOnly(name.spec());
        assertThat(Servers.picks(upstream, 3)).isEqualTo("web web web");
    }

    @Test
    void hasNothingToPickWithoutServersOrAddresses() {
        assertThat(Servers.upstream().pick(null)).isNull();
        assertThat(Upstream.of("up", List.of(Servers.named("web")), UpstreamOptions.defaults())
                        .pick(null))
                .isNull();
    }

    @Test
    void neverUsesAServerThatIsDown() {
        Upstream upstream = Servers.upstream(clock, "a", "b down", "c");

        Servers.pickAt(upstream, "a").failed(Failure.CONNECT);
        Servers.pickAt(upstream, "c").failed(Failure.CONNECT);

        assertThat(Servers.picks(upstream, 6)).doesNotContain("b");
        assertThat(Servers.upstream("a down", "b down backup").pick(null)).isNull();
    }

    @Nested
    class Backups {

        @Test
        void areUsedOnlyWhenNoPrimaryCanBeTried() {
            Upstream upstream = Servers.upstream(clock, "a", "b", "y backup", "z backup");
            assertThat(Servers.picks(upstream, 4)).isEqualTo("a b a b");

            Servers.pickAt(upstream, "a").failed(Failure.CONNECT);
            assertThat(Servers.picks(upstream, 2)).isEqualTo("b b");
            Servers.pickAt(upstream, "b").failed(Failure.CONNECT);

            assertThat(Servers.picks(upstream, 4)).isEqualTo("y z y z");
            clock.passSeconds(11);
            assertThat(Servers.picks(upstream, 4)).doesNotContain("y", "z");
        }

        @Test
        void areNextForARequestThatTriedAllPrimaries() {
            Upstream upstream = Servers.upstream("a max_fails=0", "z backup");

            Attempt first = Servers.pick(upstream, null);
            Attempt second = Servers.pick(upstream, first);

            assertThat(Servers.host(first)).isEqualTo("a");
            assertThat(Servers.host(second)).isEqualTo("z");
            assertThat(upstream.pick(second)).isNull();
        }

        @Test
        void standInForPrimariesThatAreFullOrDown() {
            Upstream upstream = Servers.upstream("a max_conns=1", "b down", "z backup");

            Attempt full = Servers.pick(upstream, null);

            assertThat(Servers.picks(upstream, 2)).isEqualTo("z z");
            full.succeeded();
            assertThat(Servers.picks(upstream, 1)).isEqualTo("a");
        }

        @Test
        void workAlone() {
            assertThat(Servers.picks(Servers.upstream("y backup", "z backup"), 4))
                    .isEqualTo("y z y z");
        }
    }

    @Nested
    class WhenAllAreOut {

        @Test
        void allAreTriedAgainRatherThanNone() {
            Upstream upstream = allOut("a", "b", "c");

            Attempt first = Servers.pick(upstream, null);
            Attempt second = Servers.pick(upstream, first);
            Attempt third = Servers.pick(upstream, second);

            assertThat(List.of(Servers.host(first), Servers.host(second), Servers.host(third)))
                    .containsExactlyInAnyOrder("a", "b", "c");
            assertThat(upstream.pick(third)).isNull();
        }

        @Test
        void requestsAreStillSpreadByWeight() {
            Upstream upstream = allOut("a", "b", "c");
            Map<String, Integer> hosts = new HashMap<>();

            for (int i = 0; i < 60; i++) {
                Attempt attempt = Servers.pick(upstream, null);
                hosts.merge(Servers.host(attempt), 1, Integer::sum);
                attempt.failed(Failure.TIMEOUT);
            }

            assertThat(hosts)
                    .containsOnlyKeys("a", "b", "c")
                    .allSatisfy((host, count) -> assertThat(count).isBetween(18, 22));
        }

        @Test
        void theFirstToAnswerIsInAtOnce() {
            Upstream upstream = allOut("a", "b", "c");

            Servers.pickAt(upstream, "b").succeeded();

            assertThat(Servers.picks(upstream, 3)).isEqualTo("b b b");
        }

        @Test
        void primariesComeBeforeBackups() {
            Upstream upstream = allOut("a", "z backup");

            Attempt first = Servers.pick(upstream, null);
            Attempt second = Servers.pick(upstream, first);

            assertThat(Servers.host(first)).isEqualTo("a");
            assertThat(Servers.host(second)).isEqualTo("z");
        }

        @Test
        void maxConnsStillHolds() {
            Upstream upstream = allOut("a max_conns=1", "b max_conns=1");

            Servers.pick(upstream, null);
            Servers.pick(upstream, null);

            assertThat(upstream.pick(null)).isNull();
        }

        @Test
        void oneThatIsInButTriedOrFullIsNoReasonToTryThoseThatAreOut() {
            Upstream upstream = Servers.upstream(clock, "a", "b max_conns=1");
            Servers.pickAt(upstream, "a").failed(Failure.CONNECT);

            Attempt b = Servers.pick(upstream, null);

            assertThat(upstream.pick(b)).isNull();
            assertThat(upstream.pick(null)).isNull();
        }

        @Test
        void aBackupThatIsInButTriedIsNoReasonEither() {
            Upstream upstream = Servers.upstream(clock, "a", "z backup");
            Servers.pickAt(upstream, "a").failed(Failure.CONNECT);

            Attempt z = Servers.pick(upstream, null);

            assertThat(Servers.host(z)).isEqualTo("z");
            assertThat(upstream.pick(z)).isNull();
        }

        private Upstream allOut(String... servers) {
            Upstream upstream = Servers.upstream(clock, servers);
            for (Peer peer : upstream.peers()) {
                Servers.pickAt(upstream, peer.spec().host()).failed(Failure.CONNECT);
            }
            assertThat(upstream.peers()).allMatch(Peer::leftOut);
            return upstream;
        }
    }

    @Nested
    class WithOtherServers {

        @Test
        void isTheSameUpstreamWhenNothingDiffers() {
            Upstream upstream = Servers.upstream("a weight=2", "b");

            assertThat(upstream.with(Servers.of("a weight=2", "b"))).isSameAs(upstream);
        }

        @Test
        void keepsThePeersThatAreAsTheyWere() {
            Upstream upstream = Servers.upstream("a", "b", "c");

            Upstream changed = upstream.with(Servers.of("c", "a weight=2", "d"));

            assertThat(Servers.peer(changed, "c")).isSameAs(Servers.peer(upstream, "c"));
            assertThat(Servers.peer(changed, "a")).isNotSameAs(Servers.peer(upstream, "a"));
        }

        @Test
        void picksNobodyWhenAllAreNowDownOrGone() {
            Upstream upstream = Servers.upstream("a", "b");

            assertThat(upstream.with(Servers.of("a down", "b down")).pick(null)).isNull();
            assertThat(upstream.with(List.of()).pick(null)).isNull();
        }

        @Test
        void goesOnWhereItWasAfterAllWereDown() {
            Upstream upstream = Servers.upstream("a", "b", "c");
            assertThat(Servers.picks(upstream, 1)).isEqualTo("a");

            Upstream down = upstream.with(Servers.of("a down", "b down", "c down"));

            assertThat(Servers.picks(down.with(Servers.of("a", "b", "c")), 3)).isEqualTo("b c a");
        }

        @Test
        void keepsFailuresByAddress() {
            Upstream upstream = Servers.upstream(clock, "a", "b");
            Servers.pickAt(upstream, "a").failed(Failure.TIMEOUT);

            Upstream changed = upstream.with(Servers.of("b", "a weight=7", "c"));

            assertThat(Servers.peer(changed, "a").lastFailure()).isEqualTo(Failure.TIMEOUT);
            assertThat(Servers.picks(changed, 4)).doesNotContain("a");
            assertThat(Servers.picks(changed.with(Servers.of("a max_fails=2", "c")), 4))
                    .contains("a");
        }

        @Test
        void countsAnAttemptUnderWayWhereverItsPeerIsKept() {
            Upstream upstream = Servers.upstream(clock, "a", "b");
            Attempt early = Servers.pickAt(upstream, "a");

            Upstream changed = upstream.with(Servers.of("a max_conns=2", "c"));
            Attempt late = Servers.pickAt(changed, "a");

            assertThat(Servers.peer(changed, "a").active()).isEqualTo(2);
            assertThat(Servers.picks(changed, 3)).isEqualTo("c c c");
            early.failed(Failure.BROKEN);
            late.abandoned();
            assertThat(Servers.peer(changed, "a").active()).isZero();
            assertThat(Servers.peer(changed, "a").leftOut()).isTrue();
        }

        @Test
        void leavesTheOldOneAsItWas() {
            Upstream upstream = Servers.upstream("a", "b");

            upstream.with(Servers.of("c", "d"));

            assertThat(Servers.picks(upstream, 4)).isEqualTo("a b a b");
        }

        @Test
        void excludesWhatTheRequestTriedBeforeTheChange() {
            Upstream upstream = Servers.upstream("a max_fails=0", "b max_fails=0");
            Attempt first = Servers.pickAt(upstream, "a");

            Upstream changed = upstream.with(Servers.of("a max_fails=0 weight=9", "c max_fails=0"));

            assertThat(Servers.host(Servers.pick(changed, first))).isEqualTo("c");
        }

        @Test
        void anAddressThatMovesToAnotherNameKeepsItsState() {
            Upstream upstream = Upstream.of(
                    "up",
                    List.of(Servers.named("old", "10.0.1.1"), Servers.named("x", "10.0.1.2")),
                    Servers.options(clock));
            Servers.pickAt(upstream, "old").failed(Failure.CONNECT);

            Upstream changed = upstream.with(List.of(Servers.named("new", "10.0.1.1"), Servers.named("x", "10.0.1.2")));

            assertThat(Servers.peer(changed, "new").leftOut()).isTrue();
        }

        @Test
        void twoServersOfOneAddressShareItsStateButNotItsTurns() {
            Upstream upstream = Upstream.of(
                    "up",
                    List.of(
                            Servers.named("x weight=2", "10.0.1.1"),
                            Servers.named("y", "10.0.1.1"),
                            Servers.named("z", "10.0.1.2")),
                    Servers.options(clock));
            assertThat(Servers.picks(upstream, 4).split(" ")).containsExactlyInAnyOrder("x", "x", "y", "z");

            Servers.pickAt(upstream, "x").failed(Failure.CONNECT);

            assertThat(Servers.picks(upstream, 3)).isEqualTo("z z z");
        }
    }
}
