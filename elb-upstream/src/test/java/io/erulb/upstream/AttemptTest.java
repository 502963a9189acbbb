package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.upstream.testing.Servers;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class AttemptTest {

    static Stream<Consumer<Attempt>> ends() {
        return Stream.of(Attempt::succeeded, attempt -> attempt.failed(Failure.BROKEN), Attempt::abandoned);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void isActiveUntilItEnds(Consumer<Attempt> end) {
        Upstream upstream = Servers.upstream("a", "b max_conns=2");
        Attempt a = Servers.pickAt(upstream, "a");
        Attempt b = Servers.pickAt(upstream, "b");

        assertThat(upstream.peers()).extracting(Peer::active).containsExactly(1L, 1L);
        end.accept(a);
        end.accept(b);

        assertThat(upstream.peers()).extracting(Peer::active).containsExactly(0L, 0L);
    }

    @ParameterizedTest
    @MethodSource("ends")
    void cannotEndTwice(Consumer<Attempt> end) {
        Upstream upstream = Servers.upstream("a", "b");
        Attempt attempt = Servers.pickAt(upstream, "a");
        attempt.succeeded();

        assertThatThrownBy(() -> end.accept(attempt))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("the attempt at a at /10.0.0.1:80 was ended before (expected: once)");
        assertThat(attempt.peer().active()).isZero();
        assertThat(attempt.peer().fails()).isZero();
    }

    @Test
    void abandonedSaysNothingOfThePeer() {
        Upstream upstream = Servers.upstream("a", "b");

        Servers.pickAt(upstream, "a").abandoned();

        assertThat(Servers.peer(upstream, "a").fails()).isZero();
    }

    @ParameterizedTest
    @EnumSource(Failure.class)
    void everyKindOfFailureCountsAndIsRemembered(Failure kind) {
        Upstream upstream = Servers.upstream("a", "b");

        Servers.pickAt(upstream, "a").failed(kind);

        Peer a = Servers.peer(upstream, "a");
        assertThat(a.fails()).isEqualTo(1);
        assertThat(a.lastFailure()).isEqualTo(kind);
        assertThat(a.leftOut()).isTrue();
    }

    @Test
    void eachAttemptOfARequestGoesToAnotherPeer() {
        Upstream upstream = Servers.upstream("a max_fails=0", "b max_fails=0", "c max_fails=0");

        Attempt first = Servers.pick(upstream, null);
        Attempt second = Servers.pick(upstream, first);
        Attempt third = Servers.pick(upstream, second);

        assertThat(Stream.of(first, second, third).map(Servers::host)).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(third.previous()).isSameAs(second);
        assertThat(upstream.pick(third)).isNull();
    }
}
