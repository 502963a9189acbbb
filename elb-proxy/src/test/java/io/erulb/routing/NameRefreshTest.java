package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** When names are looked up again, and what an answer changes. */
@Timeout(30)
class NameRefreshTest {
    private static final Duration OFTEN = Duration.ofMillis(5);
    private static final String HOST = "host.test";

    private final BlockingQueue<Asked> asked = new ArrayBlockingQueue<>(100_000);
    private final BlockingQueue<TableChange> published = new ArrayBlockingQueue<>(100);
    private LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());

    @AfterEach
    void close() {
        routing.close();
    }

    private record Asked(String host, long nanos) {}

    @Test
    void aTtlSaysWhenANameIsLookedUpAgain() throws Exception {
        Duration second = Duration.ofSeconds(1);
        lookUpBy(host -> new Resolved(addresses(1), host.equals("hour.test") ? Duration.ofHours(1) : second));
        routing.apply(change("hour.test", "second.test"));

        List<Asked> until = untilAskedFor("second.test", 3);

        List<Asked> often =
                until.stream().filter(one -> one.host().equals("second.test")).toList();
        assertThat(often.get(1).nanos() - often.get(0).nanos()).isGreaterThanOrEqualTo(second.toNanos());
        assertThat(often.get(2).nanos() - often.get(1).nanos()).isGreaterThanOrEqualTo(second.toNanos());
        assertThat(until).filteredOn(one -> one.host().equals("hour.test")).hasSize(1);
    }

    @Test
    void aTtlIsBelievedUpToALimit() throws Exception {
        RoutingOptions options = RoutingOptions.defaults().withMaxTtl(Duration.ofSeconds(1));
        lookUpBy(host -> new Resolved(addresses(1), Duration.ofHours(1)), options);

        routing.apply(change(HOST));

        assertThat(untilAskedFor(HOST, 2)).hasSize(2);
    }

    @Test
    void anotherOrderIsNoChange() throws Exception {
        AtomicReference<List<InetAddress>> answer = new AtomicReference<>(addresses(3, 1, 2));
        lookUpBy(host -> Resolved.of(answer.get()));
        applyUntil(3);
        RoutingTable before = routing.current();

        answer.set(addresses(2, 1, 3, 1));
        asked.clear();
        untilAskedFor(HOST, 20);

        assertThat(published).isEmpty();
        assertThat(routing.current()).isSameAs(before);
        assertThat(before.upstream("up").peers())
                .extracting(peer -> peer.address().getAddress())
                .containsExactlyElementsOf(addresses(1, 2, 3));
    }

    @Test
    void aNameThatFailsKeepsItsAddressesAndIsTriedAgain() throws Exception {
        AtomicReference<List<InetAddress>> answer = new AtomicReference<>(addresses(1, 2));
        lookUpBy(host -> lookUp(host, answer.get()));
        applyUntil(2);

        answer.set(List.of());
        asked.clear();
        untilAskedFor(HOST, 20);

        assertThat(published).isEmpty();
        assertThat(routing.current().upstream("up").peers()).hasSize(2);
        answer.set(addresses(3));
        assertThat(nextTable().upstreams()).containsExactly("up");
    }

    @Test
    void aResolverThatThrowsOrSaysNothingIsAskedAgain() throws Exception {
        lookUpBy(host -> {
            if (asked.size() % 2 == 0) {
                throw new IllegalStateException("broken");
            }
            return Resolved.of(List.of());
        });

        routing.apply(change(HOST));

        assertThat(untilAskedFor(HOST, 20)).hasSize(20);
    }

    @Test
    void fourNamesAtMostAreLookedUpAtATime() throws Exception {
        CountDownLatch four = new CountDownLatch(4);
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger running = new AtomicInteger();
        List<Integer> seen = new CopyOnWriteArrayList<>();
        lookUpBy(host -> {
            seen.add(running.incrementAndGet());
            four.countDown();
            await(end);
            running.decrementAndGet();
            return Resolved.of(addresses(1));
        });
        String[] hosts =
                IntStream.range(0, 20).mapToObj(i -> "host" + i + ".test").toArray(String[]::new);

        routing.apply(change(hosts));
        assertThat(four.await(10, TimeUnit.SECONDS)).isTrue();
        end.countDown();
        untilAskedFor("host19.test", 1);

        assertThat(Collections.max(seen)).isEqualTo(4);
    }

    @Test
    void timesOutOfRangeAreRefused() {
        RoutingOptions options = RoutingOptions.defaults();

        assertThatThrownBy(() -> options.withResolver(Resolver.system(), Duration.ZERO))
                .hasMessage("resolveEvery: PT0S (expected: above zero, at most PT720H)");
        assertThatThrownBy(() -> options.withMaxTtl(Duration.ofMillis(999)))
                .hasMessage("maxTtl: PT0.999S (expected: from PT1S to PT720H)");
        assertThatThrownBy(() -> new Resolved(addresses(1), Duration.ofSeconds(-1)))
                .hasMessage("ttl: PT-1S (expected: not negative)");
    }

    private void lookUpBy(Resolver resolver) {
        lookUpBy(resolver, RoutingOptions.defaults());
    }

    private void lookUpBy(Resolver resolver, RoutingOptions options) {
        routing.close();
        Resolver noted = host -> {
            asked.add(new Asked(host, System.nanoTime()));
            return resolver.resolve(host);
        };
        routing = LiveRouting.create(options.withResolver(noted, OFTEN));
    }

    /** Returns when so many addresses of the host are told to be in force, however long the first answer takes. */
    private void applyUntil(int addresses) throws InterruptedException {
        routing.onPublish(published::offer);
        routing.apply(change(HOST));
        while (nextTable().after().upstream("up").peers().size() < addresses) {}
    }

    private TableChange nextTable() throws InterruptedException {
        return Objects.requireNonNull(published.poll(10, TimeUnit.SECONDS), "no other table");
    }

    private static RoutingChange change(String... hosts) {
        RoutingChange.Builder change = RoutingChange.builder();
        for (String host : hosts) {
            change.putServer("up", host, "");
        }
        return change.build();
    }

    /** What is asked for until a name was, a number of times. */
    private List<Asked> untilAskedFor(String host, int times) throws Exception {
        List<Asked> all = new ArrayList<>();
        for (int left = times; left > 0; ) {
            Asked one = Objects.requireNonNull(asked.poll(10, TimeUnit.SECONDS), "nobody asks any more");
            all.add(one);
            left -= one.host().equals(host) ? 1 : 0;
        }
        return all;
    }

    private static void await(CountDownLatch latch) throws UnknownHostException {
        try {
            latch.await();
        } catch (InterruptedException closed) {
            throw new UnknownHostException("closed");
        }
    }

    private static Resolved lookUp(String host, List<InetAddress> answer) throws UnknownHostException {
        if (answer.isEmpty()) {
            throw new UnknownHostException(host);
        }
        return Resolved.of(answer);
    }

    private static List<InetAddress> addresses(int... last) throws UnknownHostException {
        List<InetAddress> all = new ArrayList<>();
        for (int one : last) {
            all.add(InetAddress.getByAddress(new byte[] {127, 0, 0, (byte) one}));
        }
        return all;
    }
}
