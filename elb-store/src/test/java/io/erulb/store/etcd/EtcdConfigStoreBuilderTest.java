package io.erulb.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EtcdConfigStoreBuilderTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "127.0.0.1:2379 | http://127.0.0.1:2379",
                "etcd | http://etcd:2379",
                "http://etcd:4001/ | http://etcd:4001",
                "HTTPS://etcd | https://etcd:2379",
                "[::1]:2379 | http://[::1]:2379",
                "a:1, http://b:2,,c | http://a:1,http://b:2,http://c:2379"
            })
    void readsEndpoints(String text, String expected) {
        assertThat(EtcdEndpoints.parse(text).uris())
                .extracting(Object::toString)
                .containsExactly(expected.split(","));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", ",", "a:0", "a:70000", "a:b", "ftp://a:1", "http://", "http://u@a:1", "http://a:1/x", "a b"})
    void refusesWhatIsNoEndpoint(String text) {
        assertThatThrownBy(() -> EtcdConfigStore.builder().endpoints(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"")
                .hasMessageContaining("expected: host:port");
    }

    @Test
    void refusesAMixOfSchemes() {
        assertThatThrownBy(() -> EtcdConfigStore.builder().endpoints("http://a:1,https://b:1"))
                .hasMessageContaining("all of them http or all of them https");
    }

    @Test
    void refusesTlsFilesWithoutTls() {
        assertThatThrownBy(() -> EtcdConfigStore.builder()
                        .endpoints("a:1")
                        .trust(Path.of("ca.pem"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: https:// endpoints");
    }

    @Test
    void refusesBadFigures() {
        EtcdConfigStoreBuilder builder = EtcdConfigStore.builder();

        assertThatThrownBy(() -> builder.requestTimeout(Duration.ZERO)).hasMessageContaining("request timeout: PT0S");
        assertThatThrownBy(() -> builder.connectTimeout(Duration.ofSeconds(-1)))
                .hasMessageContaining("connect timeout");
        assertThatThrownBy(() -> builder.checkInterval(Duration.ZERO)).hasMessageContaining("check interval");
        assertThatThrownBy(() -> builder.maxRequestBytes(0)).hasMessageContaining("max request bytes: 0");
        assertThatThrownBy(() -> builder.login("", "x")).hasMessageContaining("expected: a user and a password");
        assertThatThrownBy(() -> builder.name("a/b")).hasMessageContaining("ELB name");
    }

    @Test
    void describesTheStoreWithoutItsPassword() {
        try (EtcdConfigStore store = EtcdConfigStore.builder()
                .endpoints("a:1,b:2")
                .name("ELB")
                .login("root", "secret")
                .build()) {

            assertThat(store.status().description()).isEqualTo("etcd at a:1,b:2 under /ELB/");
            assertThat(store.status().connected()).isFalse();
        }
    }
}
