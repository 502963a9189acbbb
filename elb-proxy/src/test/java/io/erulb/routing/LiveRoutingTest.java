package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Upstream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** How configuration in force is replaced. */
class LiveRoutingTest {
    private static final String GOOD =
            "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"up\"}}}}";
    private static final String BAD = "{\"init\":\"nowhere\",\"rules\":{}}";

    private LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());

    @AfterEach
    void close() {
        routing.close();
    }

    private static RoutingChange.Builder change() {
        return RoutingChange.builder();
    }

    @Test
    void nothingIsLoadedBeforeTheFirstChangeBeItEmpty() {
        assertThat(routing.current().loaded()).isFalse();

        routing.merge(change().build(), 7);

        assertThat(routing.current().loaded()).isTrue();
        assertThat(routing.current().sourceRevision()).isEqualTo(7);
    }

    @Test
    void anAdministratorsChangeIsAllOrNothingAndListsEveryFault() {
        RoutingTable before = routing.apply(change().putDomain("a", GOOD).build());

        RoutingChange change = change().putDomain("b", GOOD)
                .putDomain("c", BAD)
                .putUpstream("up", Map.of("127.0.0.1:1", "weight=0"))
                .build();

        assertThatThrownBy(() -> routing.apply(change))
                .isInstanceOfSatisfying(
                        RoutingException.class,
                        refused -> assertThat(refused.faults())
                                .extracting(RoutingFault::name)
                                .contains("c", "up"));
        assertThat(routing.current()).isSameAs(before);
    }

    @Test
    void aBadValueFromAStoreKeepsTheLastGoodOneAndTheRestApplies() {
        routing.merge(
                change().putDomain("a", GOOD)
                        .putServer("up", "127.0.0.1:1", "weight=2")
                        .build(),
                1);

        routing.merge(
                change().putDomain("a", BAD)
                        .putDomain("b", GOOD)
                        .putServer("up", "127.0.0.1:1", "weight=none")
                        .putServer("up", "127.0.0.1:2", "")
                        .build(),
                2);

        assertThat(routing.current().domains()).containsOnlyKeys("a", "b");
        assertThat(routing.current().domains().get("a").rules().toJson()).isEqualTo(GOOD);
        assertThat(routing.current().upstreams().get("up").parameters())
                .containsExactly(Map.entry("127.0.0.1:1", "weight=2"), Map.entry("127.0.0.1:2", ""));
        assertThat(routing.problems())
                .allSatisfy(problem -> assertThat(problem.revision()).isEqualTo(2))
                .extracting(problem -> problem.fault().name())
                .contains("a", "up")
                .doesNotContain("b");
    }

    @Test
    void aProblemEndsWithAGoodValueOrWithTheKey() {
        routing.merge(change().putDomain("a", BAD).putDomain("b", BAD).build(), 1);
        assertThat(routing.problems()).isNotEmpty();

        routing.merge(
                change().putDomain("a", GOOD)
                        .removeDomain("b")
                        .putServer("up", "127.0.0.1", "")
                        .build(),
                2);

        assertThat(routing.problems()).isEmpty();
    }

    @Test
    void equalDataPublishesNothing() {
        RoutingTable first = routing.apply(change().putDomain("a", GOOD)
                .putUpstream("up", Map.of("127.0.0.1", ""))
                .build());

        RoutingTable second = routing.apply(change().putDomain("a", GOOD)
                .putUpstream("up", Map.of("127.0.0.1", ""))
                .build());

        assertThat(second).isSameAs(first);
    }

    @Test
    void onlyTheChangedDomainIsCompiledAgain() {
        routing.apply(change().putDomain("a", GOOD).putDomain("b", GOOD).build());
        Domain b = routing.current().domains().get("b");

        routing.apply(change().removeDomain("a").build());

        assertThat(routing.current().domains()).containsExactly(Map.entry("b", b));
    }

    @Test
    void aRuleMayNameAnUpstreamThatComesLater() {
        routing.apply(change().putDomain("a", GOOD).build());
        assertThat(routing.problems())
                .extracting(problem -> problem.fault().value())
                .containsExactly("up");

        routing.apply(change().putUpstream("up", Map.of("127.0.0.1", "")).build());

        assertThat(routing.problems()).isEmpty();
    }

    @Test
    void aServerKeepsItsStateOverChanges() {
        routing.apply(change().putUpstream("up", Map.of("127.0.0.1:1", "max_fails=2", "127.0.0.1:2", "backup"))
                .build());
        Attempt attempt = live("up").pick(null);
        attempt.failed(Failure.CONNECT);

        routing.apply(change().putUpstream("up", Map.of("127.0.0.1:1", "max_fails=2 weight=3", "127.0.0.1:3", ""))
                .build());

        assertThat(live("up").peers())
                .filteredOn(peer -> peer.address().getPort() == 1)
                .singleElement()
                .satisfies(peer -> assertThat(peer.fails()).isEqualTo(1));
    }

    private Upstream live(String name) {
        return routing.current().upstreams().get(name).live();
    }

    @Test
    void anUpstreamGoesWithItsLastServer() {
        routing.merge(change().putServer("up", "127.0.0.1:1", "").build(), 1);

        routing.merge(change().removeServer("up", "127.0.0.1:1").build(), 2);

        assertThat(routing.current().upstreams()).isEmpty();
    }

    @Test
    void namesAreLookedUpAgainAndAFailingLookUpKeepsTheLastAddresses() throws Exception {
        AtomicReference<List<InetAddress>> answer = new AtomicReference<>(List.of(loopback(1)));
        routing.close();
        routing = LiveRouting.create(
                RoutingOptions.defaults().withResolver(host -> lookUp(host, answer.get()), Duration.ofMillis(20)));
        BlockingQueue<Integer> sizes = new ArrayBlockingQueue<>(100);
        routing.apply(change().putUpstream("up", Map.of("host.test:81", "")).build());
        assertThat(live("up").peers()).hasSize(1);
        routing.onPublish(table -> sizes.offer(live("up").peers().size()));

        answer.set(List.of());
        answer.set(List.of(loopback(2), loopback(3)));

        assertThat(sizes.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(live("up").peers())
                .extracting(peer -> peer.address().getPort())
                .containsExactly(81, 81);
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private static List<InetAddress> lookUp(String host, List<InetAddress> answer) throws UnknownHostException {
        if (answer.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return answer;
    }

    @Test
    void aNameThatDoesNotResolveIsAProblemAndNotAFault() {
        routing.close();
        routing = LiveRouting.create(
                RoutingOptions.defaults().withResolver(host -> lookUp(host, List.of()), Duration.ofSeconds(30)));

        routing.apply(change().putUpstream("up", Map.of("host.test", "", "127.0.0.1", ""))
                .build());

        assertThat(live("up").peers()).hasSize(1);
        assertThat(routing.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.fault().part()).isEqualTo("host.test"));
    }

    @Test
    void namesOfDomainsAndUpstreamsAreChecked() {
        RoutingChange change = change().putDomain("", GOOD)
                .putDomain("a/b", GOOD)
                .putDomain("a.*.b", GOOD)
                .putUpstream("x y", Map.of())
                .build();

        assertThatThrownBy(() -> routing.apply(change))
                .isInstanceOfSatisfying(
                        RoutingException.class,
                        refused -> assertThat(refused.faults()).hasSize(4));
    }

    @Test
    void twoDomainsOfOneHostAreAProblem() {
        routing.apply(change().putUpstream("up", Map.of("127.0.0.1", ""))
                .putDomain("t.local", GOOD)
                .putDomain("T.local", GOOD)
                .build());

        assertThat(routing.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.fault().message()).contains("same host"));
    }
}
