package io.erulb.upstream.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Peer;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.ServerSpec;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import io.erulb.upstream.testing.Servers;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Server address: {@code ip:port}, {@code ip} (port 80), {@code host:port}, {@code [v6]:port}; names re-resolved. */
final class ServerAddressCompatTest {

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8089, 127.0.0.1, 8089",
        "127.0.0.1, 127.0.0.1, 80",
        "[::1]:8080, ::1, 8080",
        "[::1], ::1, 80",
    })
    void aLiteralIsAnAddressWithPort80ByDefault(String written, String ip, int port) {
        ResolvedServer server = ResolvedServer.literal(ServerSpec.parse(written, ""));

        assertThat(server.addresses()).containsExactly(Servers.address(ip, port));
    }

    @ParameterizedTest
    @CsvSource({"backend.local:8080, backend.local, 8080", "backend.local, backend.local, 80"})
    void aNameIsLeftToBeResolved(String written, String host, int port) {
        ServerSpec server = ServerSpec.parse(written, "");

        assertThat(server.literal()).isFalse();
        assertThat(server.host()).isEqualTo(host);
        assertThat(server.port()).isEqualTo(port);
    }

    @Test
    void aNameResolvedAnewKeepsWhatIsKnownOfItsAddresses() {
        Upstream before =
                Upstream.of("up1", List.of(Servers.named("web", "10.0.1.1", "10.0.1.2")), UpstreamOptions.defaults());

        Upstream after = before.with(List.of(Servers.named("web", "10.0.1.2", "10.0.1.3")));

        assertThat(after.peers())
                .extracting(Peer::address)
                .containsExactly(Servers.address("10.0.1.2", 80), Servers.address("10.0.1.3", 80));
        assertThat(after.peers().get(0)).isSameAs(before.peers().get(1));
    }
}
