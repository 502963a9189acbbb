package io.erulb.server.accesslog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

/** What lines are written to. */
class LogFileTest {
    @Test
    void standardOutputIsTheSameHoweverOftenItIsOpened() throws IOException {
        LogFile stdout = LogFile.of(null);

        assertThat(stdout.open()).isSameAs(stdout.open());
    }
}
