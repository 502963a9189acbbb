package io.erulb.upstream.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.testing.Servers;
import org.junit.jupiter.api.Test;

/** Weight: smooth weighted round robin, exact. */
final class WeightCompatTest {

    @Test
    void fiveToOneGives50And10Of60() {
        String picks = Servers.picks(Servers.upstream("a weight=5", "b"), 60);

        assertThat(picks.chars().filter(host -> host == 'a')).hasSize(50);
        assertThat(picks.chars().filter(host -> host == 'b')).hasSize(10);
    }

    @Test
    void theHeavierServerDoesNotComeInARow() {
        assertThat(Servers.picks(Servers.upstream("a weight=5", "b weight=1", "c weight=1"), 7))
                .isEqualTo("a a b a c a a");
    }
}
