package io.erulb.proxy.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.proxy.fuzz.Case.Kind;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever nonsense a client or a server talks, it harms nobody else. The properties {@code fuzz.count}, {@code fuzz.seed}
 * and {@code fuzz.at} choose other cases than those that every build runs.
 */
@EnabledOnOs(value = OS.LINUX, disabledReason = "takes every address of 127.0.0.0/8 for its own")
class FuzzTest {
    private static final long SEED = Long.parseLong(System.getProperty("fuzz.seed", "9112"));
    private static final long FROM = Long.parseLong(System.getProperty("fuzz.at", "0"));
    private static final long COUNT = Long.parseLong(System.getProperty("fuzz.count", "100000"));

    /** Of fewer cases, anything may come out. */
    private static final long MANY = 1000;

    @BeforeAll
    static void openWhatStaysOpen() throws IOException, InterruptedException {
        FuzzRun.warmUp();
    }

    @ParameterizedTest
    @EnumSource
    void nonsenseHarmsNobody(Kind kind) throws IOException, InterruptedException {
        FuzzRun run = new FuzzRun(kind, SEED, FROM, COUNT);
        long began = System.nanoTime();

        List<String> found = run.run();

        report(kind, run.cases(), (System.nanoTime() - began) / 1e9);
        assertThat(found).as(String.join("\n\n", found)).isEmpty();
        if (COUNT >= MANY) {
            assertThat(run.cases().passedOn()).isGreaterThan(COUNT / 4);
            assertThat(run.cases().refused()).isGreaterThan(COUNT / 10);
        }
    }

    private static void report(Kind kind, Cases cases, double seconds) {
        System.out.printf(
                "fuzz: %d cases of spoilt %s, seed %d, from %d: %.1f s, %d connections, %d answers passed on, %d refusals%n",
                COUNT, kind, SEED, FROM, seconds, cases.connections(), cases.passedOn(), cases.refused());
    }
}
