package io.erulb.upstream.health;

import static io.erulb.upstream.health.ChecksScene.PASSED;
import static io.erulb.upstream.health.ChecksScene.TICK;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.upstream.Upstream;
import io.erulb.upstream.testing.Servers;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Where in the interval many servers have their places. */
class CheckPlacesTest {
    private final ChecksScene scene = new ChecksScene();

    @Test
    void serversAreSpreadOverIt() {
        Upstream many = many(1000);
        scene.checks.set("up", many.peers(), scene.plan);
        scene.pass(Duration.ofSeconds(4), PASSED);

        spread();
    }

    @Test
    void thereAreSixty() {
        scene.checks.set("up", many(5000).peers(), scene.plan);
        scene.pass(Duration.ofSeconds(4), PASSED);
        scene.begun.clear();
        scene.pass(Duration.ofMillis(1960), PASSED);

        assertThat(scene.begun.stream().map(ChecksScene.Check::millis).distinct())
                .hasSizeBetween(58, 60);
    }

    @Test
    void noMoreAreBegunThanAskedFor() {
        scene.checks.set("up", many(100).peers(), scene.plan);
        scene.clock.pass(Duration.ofSeconds(1));

        assertThat(scene.checks.run(60)).isEqualTo(60);
        assertThat(scene.checks.run(60)).isEqualTo(40);
        assertThat(scene.checks.run(60)).isZero();
        assertThat(scene.begun)
                .extracting(ChecksScene.Check::address)
                .doesNotHaveDuplicates()
                .hasSize(100);
    }

    @Test
    void areTakenInTheSameOrderEachTime() {
        int size = 5000;
        scene.checks.set("up", many(size).peers(), scene.plan);
        scene.pass(Duration.ofSeconds(4), PASSED);
        scene.begun.clear();
        scene.pass(Duration.ofSeconds(6), PASSED);

        List<String> order =
                scene.begun.stream().map(ChecksScene.Check::address).toList();

        assertThat(order.subList(0, size)).doesNotHaveDuplicates();
        assertThat(order.subList(size, 2 * size).equals(order.subList(0, size))).isTrue();
    }

    @Test
    void ofThousandsNeighboursHaveTheSameAndAreSpreadAllTheSame() {
        scene.checks.set("up", many(5000).peers(), scene.plan);
        scene.pass(Duration.ofSeconds(4), PASSED);

        for (int quarter = 0; quarter < 8; quarter++) {
            scene.begun.clear();
            scene.pass(Duration.ofMillis(500), PASSED);
            assertThat(scene.begun).as("quarter %s", quarter).hasSizeBetween(1180, 1380);
        }
        List<String> addresses = List.of(manyAddresses(5000));
        int[] numbers = scene.begun.stream()
                .mapToInt(check -> addresses.indexOf(check.address()))
                .toArray();
        long steps = IntStream.range(1, numbers.length)
                .filter(i -> numbers[i] == numbers[i - 1] + 1)
                .count();
        assertThat(steps).isGreaterThan(numbers.length / 2);
    }

    @Test
    void areSpreadAnewAfterAStandstillAndAShorterInterval() {
        Upstream many = many(1000);
        scene.checks.set("up", many.peers(), new CheckPlan(scene::probe, Duration.ofSeconds(60), 2, 2));
        scene.pass(Duration.ofSeconds(70), PASSED);

        scene.checks.set("up", many.peers(), scene.plan);
        scene.pass(Duration.ofSeconds(2), PASSED);
        spread();

        scene.clock.pass(Duration.ofSeconds(3));
        scene.pass(TICK, PASSED);
        scene.pass(Duration.ofSeconds(2), PASSED);
        spread();
    }

    /** Of a thousand, about as many are begun in each quarter of the interval. */
    private void spread() {
        for (int quarter = 0; quarter < 16; quarter++) {
            scene.begun.clear();
            scene.pass(Duration.ofMillis(500), PASSED);
            assertThat(scene.begun).as("quarter %s", quarter).hasSizeBetween(200, 315);
        }
    }

    private Upstream many(int count) {
        return Upstream.of(
                "up", List.of(Servers.named("many.test", manyAddresses(count))), Servers.options(scene.clock));
    }

    private static String[] manyAddresses(int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> "10.1." + i / 250 + "." + (i % 250 + 1))
                .toArray(String[]::new);
    }
}
