package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * Whatever befalls etcd or the way to it, what it holds is in force soon after, and no request notices. The properties
 * {@code faults.count}, {@code faults.seed} and {@code faults.at} choose other cycles than those that every build runs.
 */
class FaultRunIT {
    private static final long SEED = Long.parseLong(System.getProperty("faults.seed", "2756"));
    private static final int FROM = Integer.parseInt(System.getProperty("faults.at", "0"));
    private static final int COUNT = Integer.parseInt(System.getProperty("faults.count", "10"));

    @Test
    void whatEtcdHoldsIsInForceSoonAfterAnyFaultAndNoRequestNotices() throws Exception {
        FaultReport report = new FaultReport(COUNT);
        try (FaultScene scene = FaultScene.start(SEED)) {
            System.out.printf("faults: %d cycles, seed %d, from %d; %s%n", COUNT, SEED, FROM, scene.summary());
            for (int number = FROM; number < FROM + COUNT; number++) {
                FaultCycle cycle = FaultCycle.draw(SEED, number);
                try {
                    report.add(scene.run(cycle));
                } catch (AssertionError | Exception failed) {
                    throw new AssertionError(cycle + ": " + failed + "; " + scene.complaints(), failed);
                }
            }
            System.out.printf("faults: %s%n%n%s%n", scene.summary(), report.table());

            assertThat(scene.complaints()).isEmpty();
        }
        assertThat(report.late()).isEmpty();
        assertThat(report.requests().failed()).isZero();
        assertThat(report.requests().sent()).isPositive();
    }
}
