package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatsdLinesTest {
    private final List<String> datagrams = new ArrayList<>();
    private final StatsdLines lines = new StatsdLines("ELB", this::keep);

    @ParameterizedTest
    @CsvSource({
        "example.com, ELB.example_com",
        "example.com:8080, ELB.example_com",
        "127.0.0.1:80, ELB.127_0_0_1",
        "[::1], ELB.___1_",
        "[::1]:8080, ELB.___1_",
        "*.example.com, ELB.__example_com",
        "a|b@c#d e, ELB.a_b_c_d_e",
        "ünïcode.de, ELB._n_code_de"
    })
    void cleansNames(String domain, String name) {
        lines.accept(domain, 200, 0);
        lines.flush();

        assertThat(datagrams.get(0).lines()).first().isEqualTo(name + ".total:1|c");
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "499999, 0", "500000, 1", "12000000, 12", "90000000000, 90000"})
    void roundsTimesToMilliseconds(long nanos, long millis) {
        lines.accept("a", 200, nanos);
        lines.flush();

        assertThat(datagrams.get(0)).endsWith("ELB.a.cost:" + millis + "|ms");
    }

    @Test
    void fillsDatagramsAndSplitsNoLine() {
        for (int i = 0; i < 1_000; i++) {
            lines.accept("example.com", 200, i);
        }
        lines.flush();

        assertThat(datagrams).allMatch(datagram -> datagram.length() <= StatsdLines.DATAGRAM);
        assertThat(datagrams).allMatch(datagram -> !datagram.startsWith("\n") && !datagram.endsWith("\n"));
        assertThat(datagrams.stream().flatMap(String::lines))
                .hasSize(3_000)
                .allMatch(line -> line.matches("ELB\\.example_com\\.(total:1\\|c|status\\.200:1\\|c|cost:\\d+\\|ms)"));
    }

    @Test
    void flushesNothingWhenThereIsNothing() {
        lines.flush();

        assertThat(datagrams).isEmpty();
    }

    private void keep(ByteBuffer datagram) {
        datagrams.add(StandardCharsets.US_ASCII.decode(datagram).toString());
    }
}
