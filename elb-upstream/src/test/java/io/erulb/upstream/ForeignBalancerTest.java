package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.upstream.spi.Balancer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.BalancerProvider;
import io.erulb.upstream.spi.Selection;
import io.erulb.upstream.testing.Servers;
import io.erulb.upstream.testing.TestClock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ForeignBalancerTest {
    private final TestClock clock = new TestClock();
    private final List<BalancerContext> contexts = new ArrayList<>();
    private final List<Balancer> made = new ArrayList<>();

    @Test
    void decidesWhoIsPicked() {
        Upstream upstream = upstream(context -> selection -> last(context, selection), "a", "b", "c");

        assertThat(Servers.picks(upstream, 3)).isEqualTo("c c c");
    }

    @Test
    void isMadeAnewWithThePreviousOneWhenTheCandidatesChange() {
        Upstream upstream = upstream(context -> selection -> last(context, selection), "a", "b", "c down");

        Servers.pick(upstream, null).failed(Failure.CONNECT);
        assertThat(Servers.picks(upstream, 2)).isEqualTo("a a");

        BalancerContext last = contexts.get(contexts.size() - 1);
        assertThat(last.peers())
                .extracting(Peer::spec)
                .extracting(ServerSpec::host)
                .containsExactly("a", "b", "c");
        assertThat(last.candidates())
                .extracting(Peer::spec)
                .extracting(ServerSpec::host)
                .containsExactly("a");
        assertThat(last.previous()).isSameAs(made.get(0));
    }

    @Test
    void isNotMadeAnewWhileTheCandidatesStay() {
        Upstream upstream = upstream(context -> selection -> last(context, selection), "a", "b max_fails=3");

        Servers.pick(upstream, null).failed(Failure.CONNECT);
        Servers.picks(upstream, 3);

        assertThat(contexts).hasSize(1);
    }

    @Test
    void thatThrowsIsReplacedByTheFirstAcceptableCandidate() {
        Upstream upstream = upstream(
                context -> selection -> {
                    throw new IllegalStateException("planted");
                },
                "a max_conns=1",
                "b");

        Attempt first = Servers.pick(upstream, null);

        assertThat(Servers.host(first)).isEqualTo("a");
        assertThat(Servers.host(Servers.pick(upstream, null))).isEqualTo("b");
    }

    @Test
    void thatAnswersAPeerItMustNotIsReplacedToo() {
        Upstream upstream =
                upstream(context -> selection -> context.candidates().get(0), "a", "b");

        Attempt first = Servers.pick(upstream, null);
        Attempt second = Servers.pick(upstream, first);

        assertThat(Servers.host(second)).isEqualTo("b");
        assertThat(upstream.pick(second)).isNull();
    }

    @Test
    void cannotUseAServerThatIsDown() {
        Upstream upstream = upstream(context -> selection -> context.peers().get(0), "a down", "b");

        assertThat(Servers.host(Servers.pick(upstream, null))).isEqualTo("b");
    }

    @Test
    void thatCannotBeMadeRefusesTheUpstream() {
        assertThatThrownBy(() -> upstream(
                        context -> {
                            throw new IllegalArgumentException("planted");
                        },
                        "a"))
                .hasMessage("planted");
    }

    @Test
    void thatCannotBeMadeForALiveUpstreamLeavesTheOneInForce() {
        Upstream upstream = upstream(
                context -> {
                    if (context.previous() != null) {
                        throw new IllegalArgumentException("planted");
                    }
                    return selection -> last(context, selection);
                },
                "a",
                "b",
                "c");

        Servers.pick(upstream, null).failed(Failure.CONNECT);

        assertThat(Servers.picks(upstream, 3)).isEqualTo("b b b");
    }

    private Upstream upstream(Function<BalancerContext, Balancer> create, String... servers) {
        BalancerProvider provider = new BalancerProvider() {
            @Override
            public String type() {
                return "foreign";
            }

            @Override
            public Balancer create(BalancerContext context) {
                contexts.add(context);
                Balancer balancer = create.apply(context);
                made.add(balancer);
                return balancer;
            }
        };
        return Upstream.of("up", Servers.of(servers), Servers.options(clock).withBalancer(provider));
    }

    private static @Nullable Peer last(BalancerContext context, Selection selection) {
        return context.candidates().stream()
                .filter(selection::accepts)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }
}
