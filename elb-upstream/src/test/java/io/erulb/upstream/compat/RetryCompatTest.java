package io.erulb.upstream.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Failure;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.testing.Servers;
import org.junit.jupiter.api.Test;

/** Retry: each try of a request goes to another server, as long as there is one. */
final class RetryCompatTest {

    @Test
    void eachTryGoesToAnotherServerUntilNoneIsLeft() {
        Upstream upstream = Servers.upstream("a", "b", "c");

        Attempt first = Servers.pick(upstream, null);
        first.failed(Failure.CONNECT);
        Attempt second = Servers.pick(upstream, first);
        second.failed(Failure.BROKEN);
        Attempt third = Servers.pick(upstream, second);
        third.failed(Failure.STATUS);

        assertThat(Servers.host(first) + Servers.host(second) + Servers.host(third))
                .isEqualTo("abc");
        assertThat(upstream.pick(third)).isNull();
    }
}
