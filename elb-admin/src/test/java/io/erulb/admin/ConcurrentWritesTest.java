package io.erulb.admin;

import static io.erulb.admin.testing.Requests.toUpstream;
import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ConcurrentWritesTest {
    private static final String DOMAIN = "/__erulb__/domain";
    private static final int WRITERS = 8;
    private static final int ROUNDS = 25;

    private final AdminFixture elb = AdminFixture.start();
    private final ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
        elb.close();
    }

    @Test
    void noneIsLost() {
        List<CompletableFuture<Void>> writers = IntStream.range(0, WRITERS)
                .mapToObj(writer -> CompletableFuture.runAsync(
                        () -> IntStream.range(0, ROUNDS).forEach(round -> put(writer + "-" + round + ".local", "up1")),
                        threads))
                .toList();

        writers.forEach(CompletableFuture::join);

        assertThat(elb.routing().current().domains()).hasSize(WRITERS * ROUNDS);
    }

    @Test
    void aReaderSeesEachBodyAsAWhole() {
        put("a.local", "up0", "b.local");
        CompletableFuture<Void> writer = CompletableFuture.runAsync(
                () -> IntStream.range(0, 100).forEach(round -> put("a.local", "up" + round % 2, "b.local")), threads);

        do {
            String seen = elb.call("GET", DOMAIN).body();
            assertThat(seen).isIn(both("up0"), both("up1"));
        } while (!writer.isDone());

        writer.join();
    }

    private void put(String domain, String upstream) {
        put("{\"" + domain + "\":" + toUpstream(upstream) + "}");
    }

    private void put(String domain, String upstream, String other) {
        put("{\"" + domain + "\":" + toUpstream(upstream) + ",\"" + other + "\":" + toUpstream(upstream) + "}");
    }

    private void put(String body) {
        assertThat(elb.callWith(body, "PUT", DOMAIN).statusCode()).isEqualTo(200);
    }

    private static String both(String upstream) {
        return "{\"a.local\":" + toUpstream(upstream) + ",\"b.local\":" + toUpstream(upstream) + "}";
    }
}
