package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QuantityTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "5s,PT5S", "5S,PT5S", "30,PT30S", "2m,PT2M", "1h,PT1H", "1d,PT24H", "0,PT0S"})
    void readsTimes(String text, Duration expected) {
        assertThat(Quantity.duration(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"512,512", "1k,1024", "50m,52428800", "1G,1073741824", "0,0"})
    void readsSizes(String text, long expected) {
        assertThat(Quantity.bytes(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1s", "1.5s", "5 s", "5y", "9999999999999s"})
    void refusesWhatIsNoTime(String text) {
        assertThat(Quantity.duration(text)).isNull();
    }

    @Test
    void refusesASizeBeyondALong() {
        assertThat(Quantity.bytes("999999999999g")).isNull();
    }
}
