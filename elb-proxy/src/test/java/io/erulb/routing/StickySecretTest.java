package io.erulb.routing;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class StickySecretTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress(InetAddress.getLoopbackAddress(), 81);

    @Test
    void instancesWithTheSameOneKnowEachOthersCookies() {
        String token = StickySecret.of("long enough to be one").token("up", SERVER);

        assertThat(StickySecret.of("long enough to be one").token("up", SERVER)).isEqualTo(token);
        assertThat(StickySecret.of("another that is long").token("up", SERVER)).isNotEqualTo(token);
        assertThat(StickySecret.random().token("up", SERVER))
                .isNotEqualTo(StickySecret.random().token("up", SERVER));
    }

    @Test
    void aTokenIsOfOneServerOfOneUpstream() throws UnknownHostException {
        StickySecret secret = StickySecret.of("long enough to be one");

        assertThat(secret.token("up", SERVER))
                .isNotEqualTo(secret.token("other", SERVER))
                .isNotEqualTo(secret.token("up", new InetSocketAddress(InetAddress.getLoopbackAddress(), 82)))
                .isNotEqualTo(secret.token(
                        "up", new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 2}), 81)));
    }

    @Test
    void isNeverPrinted() {
        assertThat(StickySecret.of("long enough to be one")).hasToString("(not shown)");
        assertThat(RoutingOptions.defaults()
                        .withStickySecret(StickySecret.of("long enough to be one"))
                        .toString())
                .doesNotContain("enough");
    }
}
