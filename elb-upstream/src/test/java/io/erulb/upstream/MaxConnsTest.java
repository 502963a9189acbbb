package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.Threads;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MaxConnsTest {

    @Test
    void holdsASingleServerToo() {
        Upstream upstream = Servers.upstream("a max_conns=2");

        Attempt first = Servers.pick(upstream, null);
        Servers.pick(upstream, null);

        assertThat(upstream.pick(null)).isNull();
        first.succeeded();
        assertThat(upstream.pick(null)).isNotNull();
    }

    @Test
    void sharesWhatAFullServerWouldHaveGotByWeight() {
        Upstream upstream = Servers.upstream("a max_conns=1 weight=4", "b weight=3", "c");
        Servers.pickAt(upstream, "a");

        String picks = Servers.picks(upstream, 800);

        assertThat(picks.chars().filter(host -> host == 'b').count()).isBetween(590L, 610L);
        assertThat(picks.chars().filter(host -> host == 'c').count()).isBetween(190L, 210L);
    }

    @Test
    void countsAttemptsFromBeforeItWasSet() {
        InFlight inFlight = new InFlight();
        inFlight.enter(0);

        assertThat(inFlight.enter(1)).isFalse();
        inFlight.leave();
        assertThat(inFlight.enter(1)).isTrue();
    }

    @Test
    void holdsServersWithoutOneOfTheirOwnByTheUpstreams() {
        Upstream upstream = Upstream.of(
                "up",
                Servers.of("a", "b max_conns=2"),
                UpstreamOptions.defaults().withMaxConns(1));

        List<String> picked = Stream.generate(() -> upstream.pick(null))
                .limit(4)
                .map(attempt -> attempt == null ? "none" : Servers.host(attempt))
                .toList();

        assertThat(picked).containsExactly("a", "b", "b", "none");
        assertThat(upstream.full()).isTrue();
    }

    @Test
    void isNotWhyNothingIsFoundWhereEveryServerIsDown() {
        Upstream upstream = Upstream.of(
                "up", Servers.of("a down", "b down"), UpstreamOptions.defaults().withMaxConns(1));

        assertThat(upstream.pick(null)).isNull();
        assertThat(upstream.full()).isFalse();
    }

    @Test
    void setForTheUpstreamCountsAcrossItsChanges() {
        UpstreamOptions options = UpstreamOptions.defaults().withMaxConns(1);
        Upstream before = Upstream.of("up", Servers.of("a"), options);
        Attempt running = Servers.pick(before, null);

        Upstream after = before.with(Servers.of("a weight=2"));

        assertThat(after.pick(null)).isNull();
        running.succeeded();
        assertThat(after.pick(null)).isNotNull();
    }

    @Test
    void belowZeroIsRefused() {
        assertThatThrownBy(() -> UpstreamOptions.defaults().withMaxConns(-1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("maxConns: -1 (expected: at least 0)");
    }

    @Test
    void isNeverExceededByThreads() {
        Upstream upstream = Servers.upstream("a max_conns=3", "b max_conns=2 weight=3", "c max_conns=1 backup");
        Map<String, AtomicInteger> most = new ConcurrentHashMap<>();
        Map<String, AtomicInteger> running = new ConcurrentHashMap<>();

        Threads.run(8, 20_000, () -> {
            Attempt attempt = upstream.pick(null);
            if (attempt != null) {
                String host = Servers.host(attempt);
                AtomicInteger now = running.computeIfAbsent(host, unknown -> new AtomicInteger());
                int count = now.incrementAndGet();
                most.computeIfAbsent(host, unknown -> new AtomicInteger()).accumulateAndGet(count, Math::max);
                Thread.onSpinWait();
                now.decrementAndGet();
                attempt.succeeded();
            }
        });

        assertThat(most.get("a")).hasValueLessThanOrEqualTo(3);
        assertThat(most.get("b")).hasValueLessThanOrEqualTo(2);
        assertThat(upstream.peers()).extracting(Peer::active).containsOnly(0L);
    }
}
