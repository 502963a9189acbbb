package io.erulb.examples.balancer;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.BalancerTypes;
import io.erulb.upstream.Failure;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.ServerSpec;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.spi.BalancerProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers are known by their place: 1 is the first. */
class FirstProviderTest {
    private static final BalancerProvider FIRST = BalancerTypes.installed().provider("first");

    @Test
    void requestsOneAfterTheOtherAllGoToTheFirst() {
        Upstream upstream = upstream("1", "", "");

        List<Integer> places = IntStream.range(0, 5)
                .map(i -> {
                    Attempt attempt = pick(upstream);
                    attempt.succeeded();
                    return place(attempt);
                })
                .boxed()
                .toList();

        assertThat(places).containsExactly(1, 1, 1, 1, 1);
    }

    @Test
    void thoseAtOnceFillOneServerAfterTheOther() {
        Upstream upstream = upstream("2", "", "", "");

        assertThat(places(hold(upstream, 6))).containsExactly(1, 1, 2, 2, 3, 3);
    }

    @Test
    void roomAtAnEarlierServerIsUsedFirst() {
        Upstream upstream = upstream("2", "", "", "");
        List<Attempt> held = hold(upstream, 5);

        held.get(2).succeeded();
        held.get(0).succeeded();

        assertThat(places(hold(upstream, 3))).containsExactly(1, 2, 3);
    }

    @Test
    void whenAllAreAtTheSpillTheOneWithTheFewestIsNext() {
        Upstream upstream = upstream("1", "", "", "");
        List<Attempt> held = hold(upstream, 8);

        held.get(5).succeeded();

        assertThat(places(held)).containsExactly(1, 2, 3, 1, 2, 3, 1, 2);
        assertThat(places(hold(upstream, 3))).containsExactly(3, 3, 1);
    }

    @Test
    void theSpillIsAHundredUnlessToldOtherwise() {
        Upstream upstream = upstream(Map.of(), "", "");

        assertThat(places(hold(upstream, 101)).subList(98, 101)).containsExactly(1, 1, 2);
    }

    @Test
    void aFullServerIsPassedOver() {
        Upstream upstream = upstream("2", "max_conns=1", "", "");

        assertThat(places(hold(upstream, 4))).containsExactly(1, 2, 2, 3);
    }

    @Test
    void aRetryGoesToTheFirstOfThoseNotTried() {
        Upstream upstream = upstream("1", "", "", "");
        List<Attempt> held = hold(upstream, 2);
        Attempt first = held.get(0);
        first.succeeded();

        Attempt second = requireNonNull(upstream.pick(first));
        Attempt third = requireNonNull(upstream.pick(second));

        assertThat(places(List.of(first, second, third))).containsExactly(1, 3, 2);
        assertThat(upstream.pick(third)).isNull();
    }

    @Test
    void aServerThatFailedIsNoCandidate() {
        Upstream upstream = upstream("1", "", "", "");

        pick(upstream).failed(Failure.CONNECT);

        assertThat(places(hold(upstream, 3))).containsExactly(2, 3, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "2", "100", "999999999"})
    void takesASpillFromOneOn(String spill) {
        assertThat(FIRST.check(Map.of("spill", spill))).isEmpty();
        assertThat(places(hold(upstream(spill, "", ""), 1))).containsExactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "-1", "+1", "01", "1.5", "1E+3", "1000000000", "many", "true", "٣"})
    void refusesAnyOtherSpill(String spill) {
        assertThat(FIRST.check(Map.of("spill", spill)))
                .containsExactly(Map.entry("spill", "an integer from 1 to 999999999"));
    }

    @Test
    void refusesOtherArguments() {
        assertThat(FIRST.check(Map.of("spil", "2"))).containsOnlyKeys("spil");
        assertThat(FIRST.check(Map.of())).isEmpty();
    }

    private static Upstream upstream(String spill, String... parameters) {
        return upstream(Map.of("spill", spill), parameters);
    }

    private static Upstream upstream(Map<String, String> args, String... parameters) {
        List<ResolvedServer> servers = IntStream.range(0, parameters.length)
                .mapToObj(i -> ServerSpec.parse("127.0.0.1:" + (i + 1), parameters[i]))
                .map(ResolvedServer::literal)
                .toList();
        return Upstream.of("up1", servers, UpstreamOptions.defaults().withBalancer(FIRST, args));
    }

    private static Attempt pick(Upstream upstream) {
        return requireNonNull(upstream.pick(null), "an attempt");
    }

    /** Starts so many attempts and ends none. */
    private static List<Attempt> hold(Upstream upstream, int count) {
        List<Attempt> held = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            held.add(pick(upstream));
        }
        return held;
    }

    private static List<Integer> places(List<Attempt> attempts) {
        return attempts.stream().map(FirstProviderTest::place).toList();
    }

    private static int place(Attempt attempt) {
        return attempt.peer().spec().port();
    }
}
