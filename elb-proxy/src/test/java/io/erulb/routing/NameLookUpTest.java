package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.BalancerProvider;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Names of servers and of hosts that rules name: when they are looked up, and what comes of it. */
class NameLookUpTest {
    private static final String GOOD =
            "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"up\"}}}}";

    private LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());

    @AfterEach
    void close() {
        routing.close();
    }

    private static RoutingChange.Builder change() {
        return RoutingChange.builder();
    }

    @Test
    void namesAreLookedUpAgainAndAFailingLookUpKeepsTheLastAddresses() throws Exception {
        AtomicReference<List<InetAddress>> answer = new AtomicReference<>(List.of(loopback(1)));
        routing.close();
        routing = LiveRouting.create(
                RoutingOptions.defaults().withResolver(host -> lookUp(host, answer.get()), Duration.ofMillis(20)));
        BlockingQueue<Integer> sizes = new ArrayBlockingQueue<>(100);
        routing.apply(change().putUpstream("up", Map.of("host.test:81", "")).build());
        assertThat(routing.current().upstream("up").peers()).hasSize(1);
        routing.onPublish(
                table -> sizes.offer(routing.current().upstream("up").peers().size()));

        answer.set(List.of());
        answer.set(List.of(loopback(2), loopback(3)));

        assertThat(sizes.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
        assertThat(routing.current().upstream("up").peers())
                .extracting(peer -> peer.address().getPort())
                .containsExactly(81, 81);
    }

    private static InetAddress loopback(int last) throws UnknownHostException {
        return InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) last});
    }

    private static Resolved lookUp(String host, List<InetAddress> answer) throws UnknownHostException {
        if (answer.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return Resolved.of(answer);
    }

    @Test
    void aNameThatDoesNotResolveIsAProblemAndNotAFault() {
        routing.close();
        routing = LiveRouting.create(
                RoutingOptions.defaults().withResolver(host -> lookUp(host, List.of()), Duration.ofSeconds(30)));

        routing.apply(change().putUpstream("up", Map.of("host.test", "", "127.0.0.1", ""))
                .build());

        assertThat(routing.current().upstream("up").peers()).hasSize(1);
        assertThat(routing.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.fault().part()).isEqualTo("host.test"));
    }

    @Test
    void aHostThatARuleNamesIsThereOnceItsNameResolves() throws Exception {
        AtomicReference<List<InetAddress>> answer = new AtomicReference<>(List.of());
        routing.close();
        routing = LiveRouting.create(
                RoutingOptions.defaults().withResolver(host -> lookUp(host, answer.get()), Duration.ofMillis(20)));
        BlockingQueue<TableChange> changes = new ArrayBlockingQueue<>(100);
        routing.apply(change().putDomain("a", GOOD).build());
        assertThat(routing.current().upstream("up")).isNull();
        assertThat(routing.problems())
                .extracting(problem -> problem.fault().value())
                .containsExactly("up");
        routing.onPublish(changes::offer);

        answer.set(List.of(loopback(1)));

        assertThat(changes.poll(10, TimeUnit.SECONDS).upstreams()).containsExactly("up");
        assertThat(routing.current().upstream("up").peers()).hasSize(1);
        assertThat(routing.problems()).isEmpty();
    }

    @Test
    void namesThatNothingHasAnyMoreAreLookedUpNoMore() throws Exception {
        BlockingQueue<String> asked = new ArrayBlockingQueue<>(100_000);
        lookUpAllTheTime(asked);
        routing.apply(change().putServer("kept", "kept.test", "")
                .putServer("gone", "gone.test", "")
                .build());
        askedFor("gone.test", asked);

        routing.apply(change().removeUpstream("gone").build());

        // What was under way may still come.
        askedFor("kept.test", asked);
        assertThat(askedFor("kept.test", asked)).containsOnly("kept.test");
    }

    @Test
    void aPreviewedNameIsForgottenWithTheNextChangeOfAnything() throws Exception {
        BlockingQueue<String> asked = new ArrayBlockingQueue<>(100_000);
        lookUpAllTheTime(asked);
        routing.apply(change().putServer("kept", "kept.test", "").build());
        routing.preview(change().putServer("tried", "unknown.test", "").build());
        assertThat(asked).contains("unknown.test");

        routing.apply(change().putServer("other", "127.0.0.1", "").build());

        askedFor("kept.test", asked);
        assertThat(askedFor("kept.test", asked)).containsOnly("kept.test");
    }

    @Test
    void namesInForceAreLookedUpOnWhenAChangeCanNotBeMade() throws Exception {
        BlockingQueue<String> asked = new ArrayBlockingQueue<>(100_000);
        AtomicBoolean failing = new AtomicBoolean();
        BalancerProvider sound = UpstreamOptions.defaults().balancer();
        BalancerProvider failingAtTimes = new BalancerProvider() {
            @Override
            public String type() {
                return sound.type();
            }

            @Override
            public Balancer create(BalancerContext context) {
                if (failing.get()) {
                    throw new IllegalStateException("no balancer");
                }
                return sound.create(context);
            }
        };
        lookUpAllTheTime(
                asked,
                RoutingOptions.defaults()
                        .withUpstreams(UpstreamOptions.defaults().withBalancer(failingAtTimes)));
        routing.apply(change().putServer("up", "kept.test", "").build());
        RoutingChange other =
                change().removeUpstream("up").putServer("new", "other.test", "").build();
        failing.set(true);

        assertThatThrownBy(() -> routing.apply(other)).hasMessage("no balancer");

        failing.set(false);
        askedFor("kept.test", asked);
        routing.apply(change().putServer("literal", "127.0.0.1", "").build());
        askedFor("kept.test", asked);
        assertThat(askedFor("kept.test", asked)).containsOnly("kept.test");
    }

    private void lookUpAllTheTime(BlockingQueue<String> asked) {
        lookUpAllTheTime(asked, RoutingOptions.defaults());
    }

    private void lookUpAllTheTime(BlockingQueue<String> asked, RoutingOptions options) {
        routing.close();
        routing = LiveRouting.create(options.withResolver(
                host -> {
                    asked.add(host);
                    return lookUp(host, host.equals("unknown.test") ? List.of() : List.of(loopback(1)));
                },
                Duration.ofMillis(5)));
    }

    /** What is asked for until a name was, a number of times. */
    private static List<String> askedFor(String host, BlockingQueue<String> asked) throws Exception {
        List<String> hosts = new ArrayList<>();
        for (int times = 0; times < 20; ) {
            String next = Objects.requireNonNull(asked.poll(10, TimeUnit.SECONDS), "nobody asks any more");
            hosts.add(next);
            times += next.equals(host) ? 1 : 0;
            assertThat(hosts).as("asked for " + host + " too seldom").hasSizeLessThan(10_000);
        }
        return hosts;
    }
}
