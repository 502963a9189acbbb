package io.erulb.upstream.compat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.upstream.ServerSpec;
import io.erulb.upstream.ServerSpecException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parameters: nginx's, with its defaults; a closed list; {@code down=true} read as {@code down}. */
final class ServerParametersCompatTest {

    @Test
    void noParametersMeanTheDefaults() {
        assertThat(ServerSpec.parse("127.0.0.1:8088", ""))
                .isEqualTo(new ServerSpec(
                        "127.0.0.1:8088", "127.0.0.1", 8088, 1, 1, Duration.ofSeconds(10), 0, false, false, false));
    }

    @Test
    void parametersAreReadAsInNginx() {
        ServerSpec server = ServerSpec.parse("127.0.0.1:8089", "max_fails=2 weight=10");

        assertThat(server.maxFails()).isEqualTo(2);
        assertThat(server.weight()).isEqualTo(10);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail_timeout=30", "fail_timeout=30s"})
    void theUnitOfFailTimeoutIsOptional(String parameters) {
        assertThat(ServerSpec.parse("127.0.0.1", parameters).failTimeout()).isEqualTo(Duration.ofSeconds(30));
    }

    @Test
    void downTrueIsReadAsDownAndBackupTrueAsBackup() {
        assertThat(ServerSpec.parse("127.0.0.1", "down=true backup=true"))
                .isEqualTo(ServerSpec.parse("127.0.0.1", "down backup"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"slow_start=1", "weight=0", "weight=1; }", "down=false", "max_fails=two"})
    void anythingElseIsRefused(String parameters) {
        assertThatThrownBy(() -> ServerSpec.parse("127.0.0.1", parameters)).isInstanceOf(ServerSpecException.class);
    }
}
