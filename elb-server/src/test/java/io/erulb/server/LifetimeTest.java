package io.erulb.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LifetimeTest {
    private final Lifetime lifetime = new Lifetime();
    private final CompletableFuture<Integer> code = new CompletableFuture<>();
    private final CompletableFuture<Void> closed = new CompletableFuture<>();

    @Test
    void closesWhatRuns() throws Exception {
        lifetime.start(() -> this::close);

        assertThat(lifetime.end()).isZero();
        assertThat(closed).isCompleted();
    }

    @Test
    void closesWhatIsStartedAsItEnds() throws Exception {
        lifetime.start(() -> {
            Thread ending = endMeanwhile();
            awaitInterrupt();
            assertThat(ending.isAlive()).isTrue();
            return this::close;
        });

        assertThat(code.get()).isZero();
        assertThat(closed).isCompleted();
    }

    @Test
    void givesUpAStartThatWaits() throws Exception {
        lifetime.start(() -> {
            endMeanwhile();
            awaitInterrupt();
            throw new ServerStartException("interrupted", new InterruptedException());
        });

        assertThat(code.get()).isZero();
    }

    @Test
    void tellsOfAStartThatFails() {
        ServerStartException failed = new ServerStartException("port in use", new IllegalStateException());

        assertThatThrownBy(() -> lifetime.start(() -> {
                    throw failed;
                }))
                .isSameAs(failed);
    }

    @Test
    void endsWithAnotherCodeWhenWhatRunsFailsToClose() throws Exception {
        lifetime.start(() -> () -> {
            throw new IllegalStateException("meant to fail");
        });

        assertThat(lifetime.end()).isEqualTo(1);
    }

    private void close() {
        closed.complete(null);
    }

    private Thread endMeanwhile() {
        Thread ending = new Thread(() -> code.complete(lifetime.end()));
        ending.start();
        return ending;
    }

    private static void awaitInterrupt() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException expected) {
            // That is what was waited for.
        }
    }
}
