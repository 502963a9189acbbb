package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Upstream;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    void aChangeOfManyDomainsIsLikeAsManyOfOne() {
        RoutingChange.Builder many = change();
        for (int i = 0; i < 500; i++) {
            many.putDomain("d" + i, i % 10 == 7 ? BAD : GOOD);
        }
        routing.merge(change().putDomain("d1", GOOD).build(), 1);
        Domain kept = routing.current().domains().get("d1");

        routing.merge(
                many.putDomain("d0", BAD)
                        .putDomain("d7", GOOD)
                        .removeDomain("d2")
                        .build(),
                2);

        RoutingTable table = routing.current();
        assertThat(table.domains())
                .hasSize(450)
                .containsKeys("d0", "d7", "d499")
                .doesNotContainKeys("d2", "d17");
        assertThat(table.domains().get("d1")).isSameAs(kept);
        assertThat(routing.problems())
                .filteredOn(problem -> problem.revision() == 2)
                .extracting(problem -> problem.fault().name())
                .hasSize(51)
                .contains("d0", "d7", "d497");
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
    void nothingComesBetweenATableAndTheChangeThatGoesByIt() throws Exception {
        Thread other =
                new Thread(() -> routing.apply(change().putDomain("mine", GOOD).build()));

        routing.merge(
                table -> {
                    other.start();
                    while (other.getState() != Thread.State.BLOCKED) {
                        Thread.onSpinWait();
                    }
                    assertThat(routing.current()).isSameAs(table);
                    return change().putDomain("mine", BAD)
                            .putDomain("theirs", GOOD)
                            .build();
                },
                1);
        other.join();

        assertThat(routing.current().domains()).containsOnlyKeys("mine", "theirs");
    }

    @Test
    void listenersAreToldWhatDiffers() {
        routing.apply(change().putDomain("a", GOOD)
                .putDomain("b", GOOD)
                .putServer("up", "127.0.0.1:1", "")
                .putServer("other", "127.0.0.1:1", "")
                .build());
        List<TableChange> changes = new ArrayList<>();
        routing.onPublish(changes::add);

        routing.apply(change().putDomain("a", GOOD)
                .putDomain("c", GOOD)
                .putServer("up", "127.0.0.1:1", "weight=2")
                .putServer("other", "127.0.0.1:1", "")
                .build());
        routing.apply(change().removeDomain("b")
                .removeDomain("unknown")
                .removeServer("other", "127.0.0.1:1")
                .build());

        assertThat(changes).hasSize(2);
        assertThat(changes.get(0).domains()).containsExactly("c");
        assertThat(changes.get(0).upstreams()).containsExactly("up");
        assertThat(changes.get(0).removesDomain()).isFalse();
        assertThat(changes.get(0).removesAddress()).isFalse();
        assertThat(changes.get(1).domains()).containsExactly("b");
        assertThat(changes.get(1).upstreams()).containsExactly("other");
        assertThat(changes.get(1).removesDomain()).isTrue();
        assertThat(changes.get(1).removesAddress()).isTrue();
        assertThat(changes.get(1).before()).isSameAs(changes.get(0).after());
        assertThat(changes.get(1).after()).isSameAs(routing.current());
    }

    @Test
    void oneOfManyIsChangedAsCheaplyAsOneOfFew() {
        bytesOfAChange(20, "weight=1");
        long amongFew = bytesOfAChange(20, "weight=2");

        long amongMany = bytesOfAChange(5_000, "weight=3");

        assertThat(amongMany).isLessThan(2 * amongFew);
    }

    /** What the change of a domain and of a server allocates; unlike time, that is the same each time. */
    private long bytesOfAChange(int domains, String parameters) {
        RoutingChange.Builder all = change();
        for (int i = 0; i < domains; i++) {
            all.putDomain("d" + i, naming("up" + i)).putServer("up" + i, "127.0.0.1:1", "");
        }
        all.putDomain("wrong", naming("no~name"));
        routing.apply(all.build());
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        routing.apply(change().putDomain("d7", naming("up8"))
                .putServer("up7", "127.0.0.1:1", parameters)
                .build());

        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static String naming(String upstream) {
        return GOOD.replace("\"up\"", '"' + upstream + '"');
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
