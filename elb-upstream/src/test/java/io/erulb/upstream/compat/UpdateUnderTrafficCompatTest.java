package io.erulb.upstream.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.Threads;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Update under traffic: no request is lost. */
final class UpdateUnderTrafficCompatTest {

    @Test
    void attemptsAtARemovedServerEndAsEver() {
        Upstream upstream = Servers.upstream("a", "b");
        Attempt running = Servers.pickAt(upstream, "a");

        Upstream changed = upstream.with(Servers.of("b"));

        assertThat(running.peer().active()).isEqualTo(1);
        running.succeeded();
        assertThat(running.peer().active()).isZero();
        assertThat(Servers.picks(changed, 2)).isEqualTo("b b");
    }

    @Test
    void everyRequestFindsAServerWhileServersAreExchanged() {
        List<List<ResolvedServer>> sets = List.of(Servers.of("a", "b"), Servers.of("b", "c weight=3"), Servers.of("d"));
        AtomicReference<Upstream> live = new AtomicReference<>(Servers.upstream("a", "b"));
        AtomicInteger turns = new AtomicInteger();

        Threads.run(4, 20_000, () -> {
            int turn = turns.incrementAndGet();
            if (turn % 10 == 0) {
                live.updateAndGet(upstream -> upstream.with(sets.get(turn / 10 % sets.size())));
            }
            Servers.pick(live.get(), null).succeeded();
        });

        assertThat(live.get().peers()).allMatch(peer -> peer.active() == 0);
    }
}
