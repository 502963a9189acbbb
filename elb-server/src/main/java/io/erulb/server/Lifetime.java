package io.erulb.server;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * What runs for as long as the process, from its start to a signal. One that comes during the start gives the start up,
 * and one that comes as it ends finds what was started: it is closed in either case, and the exit code is 0.
 */
final class Lifetime {
    /** What a start that was given up may take to clean up after itself. */
    private static final Duration GIVE_UP = Duration.ofSeconds(5);

    private final CompletableFuture<AutoCloseable> running = new CompletableFuture<>();
    private final Thread starter = Thread.currentThread();
    private volatile boolean ending;

    /** To be started by the thread that makes it. */
    Lifetime() {}

    /** Starts something to run, and closes it when the process is ended. */
    static void ofProcess(Start start) throws ServerStartException {
        Lifetime lifetime = new Lifetime();
        Runtime.getRuntime().addShutdownHook(new Thread(lifetime::endProcess, "elb-shutdown"));
        lifetime.start(start);
    }

    private void endProcess() {
        // Whoever was told of the failure says with which code the process ends.
        if (!running.isCompletedExceptionally()) {
            Runtime.getRuntime().halt(end());
        }
    }

    /**
     * Starts it; that it was given up is no failure.
     *
     * @throws ServerStartException as the start itself
     */
    void start(Start start) throws ServerStartException {
        try {
            running.complete(start.run());
        } catch (ServerStartException | RuntimeException | Error failed) {
            running.completeExceptionally(failed);
            if (!ending) {
                throw failed;
            }
        }
    }

    /** Closes what runs, or gives up its start. Returns the exit code. */
    int end() {
        ending = true;
        if (!running.isDone()) {
            starter.interrupt();
        }
        try {
            running.get(GIVE_UP.toNanos(), TimeUnit.NANOSECONDS).close();
            return 0;
        } catch (ExecutionException | TimeoutException neverStarted) {
            return 0;
        } catch (Exception failed) {
            System.err.println("elb: " + failed);
            return 1;
        }
    }

    /** Starts what is to run. */
    interface Start {
        AutoCloseable run() throws ServerStartException;
    }
}
