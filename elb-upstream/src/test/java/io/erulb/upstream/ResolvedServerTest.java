package io.erulb.upstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.upstream.testing.Servers;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ResolvedServerTest {

    @Test
    void knowsTheAddressOfALiteral() {
        assertThat(ResolvedServer.literal(ServerSpec.parse("10.1.2.3:81", "")).addresses())
                .containsExactly(Servers.address("10.1.2.3", 81));
        assertThat(ResolvedServer.literal(ServerSpec.parse("[2001:db8::1]", "")).addresses())
                .containsExactly(Servers.address("2001:db8::1", 80));
    }

    @Test
    void doesNotTakeANameForALiteral() {
        ServerSpec name = ServerSpec.parse("localhost", "");

        assertThatThrownBy(() -> ResolvedServer.literal(name))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("host: localhost (expected: an IP literal)");
    }

    @Test
    void refusesAnUnresolvedAddress() {
        ServerSpec name = ServerSpec.parse("a", "");
        List<InetSocketAddress> addresses = List.of(InetSocketAddress.createUnresolved("a", 80));

        assertThatThrownBy(() -> new ResolvedServer(name, addresses)).isInstanceOf(IllegalArgumentException.class);
    }
}
