package io.erulb.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every case through the proxy, as one piece and in small ones. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WireSuiteTest {
    private static final int LONGEST_SPLIT = 400;
    private static final int SMALL = 3;

    private WireProxy proxies;
    private WireRun run;

    @BeforeAll
    void start() throws IOException {
        proxies = new WireProxy();
        run = new WireRun(proxies::start, Duration.ofSeconds(20));
    }

    @AfterAll
    void stop() {
        proxies.close();
    }

    static List<WireCase> all() {
        return WireCases.all();
    }

    static List<WireCase> shortOnes() {
        return WireCases.all().stream()
                .filter(one -> one.request().length() < LONGEST_SPLIT)
                .toList();
    }

    @Test
    void everyCaseHasANameOfItsOwnAndEveryClassHasCases() {
        assertThat(all()).extracting(WireCase::id).doesNotHaveDuplicates();
        assertThat(all()).extracting(WireCase::fault).contains(FaultClass.values());
    }

    @ParameterizedTest
    @MethodSource("all")
    void inOnePiece(WireCase one) throws Exception {
        run.check(one, Integer.MAX_VALUE / 2);
    }

    @ParameterizedTest
    @MethodSource("shortOnes")
    void inSmallPieces(WireCase one) throws Exception {
        run.check(one, SMALL);
    }
}
