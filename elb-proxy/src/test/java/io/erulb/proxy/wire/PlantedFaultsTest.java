package io.erulb.proxy.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every case of the suite fails when a fault of its class is planted: none of them is there for show. */
class PlantedFaultsTest {
    /** Most of what fails does so by waiting. */
    private static final int AT_ONCE = 24;

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    @ParameterizedTest
    @EnumSource
    void everyCaseFindsAFaultOfItsClass(FaultClass fault) throws Exception {
        List<WireCase> cases =
                WireCases.all().stream().filter(one -> one.fault() == fault).toList();
        Set<String> blind = new HashSet<>(cases.stream().map(WireCase::id).toList());
        for (PlantedFault planted : PlantedFault.of(fault)) {
            Set<String> found = found(planted, cases);
            assertThat(found).as("cases that find " + planted).isNotEmpty();
            blind.removeAll(found);
        }
        assertThat(blind).as("cases that find no fault of " + fault).isEmpty();
    }

    private static Set<String> found(PlantedFault planted, List<WireCase> cases) throws Exception {
        ClassLoader before = Thread.currentThread().getContextClassLoader();
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try (FaultyLoader loader = new FaultyLoader(planted)) {
            WireRun run = new WireRun(loader.proxies(), PATIENCE);
            List<Future<String>> failures = new ArrayList<>();
            for (WireCase one : cases) {
                failures.add(threads.submit(() -> fails(run, one) ? one.id() : ""));
            }
            Set<String> found = new HashSet<>();
            for (Future<String> failure : failures) {
                found.add(failure.get());
            }
            found.remove("");
            return found;
        } finally {
            threads.shutdownNow();
            Thread.currentThread().setContextClassLoader(before);
        }
    }

    private static boolean fails(WireRun run, WireCase one) throws Exception {
        try {
            run.check(one, Integer.MAX_VALUE / 2);
            return false;
        } catch (AssertionError found) {
            return true;
        }
    }
}
