package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.RoutingPreview.Action;
import io.erulb.routing.RoutingPreview.Effect;
import io.erulb.routing.policy.Policy;
import io.erulb.upstream.Attempt;
import io.erulb.upstream.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Policies of upstreams come, change and go. */
class PolicyChangeTest {
    private static final String LEAST_CONN = "{\"balancer\":{\"type\":\"least_conn\"}}";
    private static final String RANDOM = "{\"balancer\":{\"type\":\"random\"}}";
    private static final String BAD = "{\"balancer\":{\"type\":\"none\"}}";
    private static final String TO_HOST =
            "{\"init\":\"r\",\"rules\":{\"r\":{\"type\":\"backend\",\"args\":{\"servername\":\"127.0.0.1:90\"}}}}";

    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());

    @AfterEach
    void close() {
        routing.close();
    }

    private static RoutingChange.Builder change() {
        return RoutingChange.builder();
    }

    private RoutingTable withUpstream() {
        return routing.apply(change().putUpstream("up", Map.of("127.0.0.1:81", "", "127.0.0.1:82", ""))
                .build());
    }

    @Test
    void anUpstreamHasNoneAtFirst() {
        assertThat(withUpstream().target("up").policy()).isSameAs(Policy.NONE);
    }

    @Test
    void whatIsKnownOfServersOutlivesANewPolicy() {
        Upstream before = withUpstream().upstream("up");
        Attempt running = before.pick(null);

        Target after =
                routing.apply(change().putPolicy("up", LEAST_CONN).build()).target("up");

        assertThat(after.policy().toJson()).isEqualTo(LEAST_CONN);
        assertThat(after.live()).isNotSameAs(before);
        assertThat(after.live().peers()).isEqualTo(before.peers());
        assertThat(after.live().pick(null).peer()).isNotSameAs(running.peer());
        assertThat(after.live().pick(null).peer())
                .as("the one with one attempt of two")
                .isNotNull();
    }

    @Test
    void aPolicyMayComeBeforeItsUpstreamAndIsAProblemUntilThen() {
        routing.merge(change().putPolicy("up", RANDOM).build(), 5);
        assertThat(routing.problems())
                .singleElement()
                .satisfies(problem -> assertThat(problem.fault())
                        .hasToString("policy up: no upstream is named up and no"
                                + " rule names such a host, so nothing goes by it"));

        assertThat(withUpstream().target("up").policy().toJson()).isEqualTo(RANDOM);
        assertThat(routing.problems()).isEmpty();

        routing.apply(change().removeUpstream("up").build());
        assertThat(routing.problems()).hasSize(1);
        routing.apply(change().removePolicy("up").build());
        assertThat(routing.problems()).isEmpty();
    }

    @Test
    void aHostThatARuleNamesMayHaveOneToo() {
        routing.apply(change().putDomain("t.local", TO_HOST)
                .putPolicy("127.0.0.1:90", RANDOM)
                .build());

        assertThat(routing.current().target("127.0.0.1:90").policy().toJson()).isEqualTo(RANDOM);
        assertThat(routing.problems()).isEmpty();
    }

    @Test
    void aBadOneFromAStoreLeavesTheLastGoodOne() {
        withUpstream();
        routing.merge(change().putPolicy("up", RANDOM).build(), 3);

        routing.merge(
                change().putPolicy("up", BAD)
                        .putServer("up", "127.0.0.1:83", "")
                        .build(),
                4);

        assertThat(routing.current().target("up").policy().toJson()).isEqualTo(RANDOM);
        assertThat(routing.current().upstream("up").servers()).hasSize(3);
        assertThat(routing.problems()).singleElement().satisfies(problem -> {
            assertThat(problem.revision()).isEqualTo(4);
            assertThat(problem.fault().kind()).isEqualTo(Kind.POLICY);
            assertThat(problem.fault().field()).isEqualTo("balancer.type");
        });

        routing.merge(change().putPolicy("up", LEAST_CONN).build(), 5);
        assertThat(routing.problems()).isEmpty();
    }

    @Test
    void aBadOneIsRefusedWithAllThatComesWithIt() {
        withUpstream();

        assertThatThrownBy(() -> routing.apply(
                        change().removeUpstream("up").putPolicy("up", BAD).build()))
                .isInstanceOf(RoutingException.class)
                .hasMessageContaining("policy up, balancer.type");

        assertThat(routing.current().upstreams()).containsKey("up");
        assertThatThrownBy(() -> routing.apply(change().putPolicy("a/b", RANDOM).build()))
                .hasMessageContaining("policy a/b: the name of an upstream has no blanks");
    }

    @Test
    void theSameInOtherWordsIsNoChange() {
        withUpstream();
        long version = routing.apply(change().putPolicy("up", RANDOM).build()).version();

        routing.apply(change().putPolicy("up", RANDOM.replace(":", " : ")).build());

        assertThat(routing.current().version()).isEqualTo(version);
    }

    @Test
    void listenersAreToldWhosePolicyDiffers() {
        withUpstream();
        List<TableChange> told = new ArrayList<>();
        routing.onPublish(told::add);

        routing.apply(change().putPolicy("up", RANDOM).removePolicy("none").build());

        assertThat(told)
                .singleElement()
                .satisfies(step -> assertThat(step.policies()).containsExactly("up"));
    }

    @Test
    void aPreviewTellsOfThem() {
        withUpstream();
        routing.apply(change().putPolicy("up", RANDOM).build());

        RoutingPreview preview = routing.preview(
                change().putPolicy("up", LEAST_CONN).putPolicy("new", RANDOM).build());

        assertThat(preview.effects())
                .containsExactly(
                        new Effect(Kind.POLICY, "new", Action.ADD), new Effect(Kind.POLICY, "up", Action.REPLACE));
        assertThat(preview.problems())
                .singleElement()
                .satisfies(fault -> assertThat(fault.name()).isEqualTo("new"));
        assertThat(routing.preview(change().removePolicy("up").build()).effects())
                .containsExactly(new Effect(Kind.POLICY, "up", Action.REMOVE));
    }
}
