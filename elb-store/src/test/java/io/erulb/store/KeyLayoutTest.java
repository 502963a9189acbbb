package io.erulb.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class KeyLayoutTest {

    private final KeyLayout layout = new KeyLayout("ELB");

    @Test
    void placesDomainsUnderRules() {
        assertThat(layout.format(new DomainKey("t.local:8080"))).isEqualTo("/ELB/rules/t.local:8080");
        assertThat(layout.parse("/ELB/rules/t.local:8080")).isEqualTo(new DomainKey("t.local:8080"));
    }

    @Test
    void placesServersUnderTheirUpstream() {
        assertThat(layout.format(new ServerKey("up1", "[::1]:80"))).isEqualTo("/ELB/upstreams/up1/[::1]:80");
        assertThat(layout.parse("/ELB/upstreams/up1/[::1]:80")).isEqualTo(new ServerKey("up1", "[::1]:80"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ELB/",
                "/ELB/rules",
                "/ELB/rules/",
                "/ELB/rules/a/b",
                "/ELB/rules/a\tb",
                "/ELB/upstreams/up1",
                "/ELB/upstreams/up1/",
                "/ELB/upstreams//a:80",
                "/ELB/upstreams/up1/a/b",
                "/ELB/other/a",
                "/ELB2/rules/a",
                "ELB/rules/a"
            })
    void knowsAStrayKey(String key) {
        assertThat(layout.parse(key)).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a/b", "a\nb", "\u0000"})
    void refusesNamesThatAreNoPartOfAKey(String name) {
        assertThatThrownBy(() -> new KeyLayout(name)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new DomainKey(name)).hasMessageContaining("domain: \"" + name + "\"");
        assertThatThrownBy(() -> new ServerKey("up1", name)).hasMessageContaining("server: \"" + name + "\"");
        assertThatThrownBy(() -> new ServerKey(name, "a:80")).hasMessageContaining("upstream: \"" + name + "\"");
    }
}
