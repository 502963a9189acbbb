package io.erulb.server.imports;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.store.ConfigKey;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What becomes of findings of several sources. */
class FindingsTest {

    /** Keys and values, as {@code "rules/a", "{}"}, found in a source. */
    private static Findings in(String source, String... keysAndValues) {
        Findings found = new Findings();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            found.add(key(keysAndValues[i]), keysAndValues[i + 1], Place.of(source));
        }
        return found;
    }

    private static ConfigKey key(String path) {
        return Objects.requireNonNull(ConfigKey.parse(path), path);
    }

    private static Findings both(Findings one, Findings two) {
        Findings all = new Findings();
        all.addAll(one);
        all.addAll(two);
        return all;
    }

    @Test
    void differentThingsComeTogether() {
        Findings all = both(
                in("one", "rules/a", "{}", "upstreams/up1/a", ""), in("two", "rules/b", "{}", "upstreams/up2/a", ""));

        assertThat(all.entries()).hasSize(4);
        assertThat(all.faults()).isEmpty();
    }

    @Test
    void theSameInBothIsNoFault() {
        Findings all = both(
                in("one", "rules/a", "{}", "upstreams/up1/a", ""), in("two", "rules/a", "{}", "upstreams/up1/a", ""));

        assertThat(all.entries()).hasSize(2);
        assertThat(all.faults()).isEmpty();
        assertThat(all.isRefused(key("rules/a"))).isFalse();
    }

    @Test
    void aDomainThatIsAnotherInBothIsRefused() {
        Findings all = both(in("one", "rules/a", "{}", "rules/b", "{}"), in("two", "rules/a", "{ }"));

        assertThat(all.faults()).containsExactly("two: rules/a is another at one (expected: one, or the same in both)");
        assertThat(all.isRefused(key("rules/a"))).isTrue();
        assertThat(all.isRefused(key("rules/b"))).isFalse();
    }

    @Test
    void anUpstreamWithOtherServersInBothIsRefusedWithAllOfThem() {
        Findings all = both(in("one", "upstreams/up1/a", "", "upstreams/up2/a", ""), in("two", "upstreams/up1/b", ""));

        assertThat(all.faults())
                .containsExactly("two: upstreams/up1 is another at one (expected: one, or the same in both)");
        assertThat(all.entries()).hasSize(3);
        assertThat(all.isRefused(key("upstreams/up1/a"))).isTrue();
        assertThat(all.isRefused(key("upstreams/up1/b"))).isTrue();
        assertThat(all.isRefused(key("upstreams/up2/a"))).isFalse();
    }

    @Test
    void faultsAndWarningsOfAllAreKept() {
        Findings one = in("one", "rules/a", "{}", "rules/a", "{}");
        Findings two = in("two");
        two.warn(Place.of("two"), "mind");

        Findings all = both(one, two);

        assertThat(all.faults()).containsExactly("one: rules/a stands twice, also at one (expected: once)");
        assertThat(all.isRefused(key("rules/a"))).isTrue();
        assertThat(all.warnings()).containsExactly("two: mind");
    }
}
