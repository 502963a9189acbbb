import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Changes one after the other, each timed until the first answer by it: from when it was sent to etcd, and from when etcd
 * had it. The next one comes when the one before is in force, and not before 20 ms have gone by.
 */
final class TimedChanges {
    private static final long GAP_NANOS = TimeUnit.MILLISECONDS.toNanos(20);
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Probe probe;
    private final long[] sinceSent;
    private final long[] sinceWritten;
    private int made;

    TimedChanges(Probe probe, int count) {
        this.probe = probe;
        this.sinceSent = new long[count];
        this.sinceWritten = new long[count];
    }

    /** Makes a change and waits until a request is answered by it. */
    void make(Supplier<CompletableFuture<Long>> write, String host, String path, String wanted) throws Exception {
        long sent = System.nanoTime();
        CompletableFuture<Long> written = write.get().thenApply(revision -> System.nanoTime());
        long seen = probe.await(host, path, wanted, PATIENCE_NANOS);
        sinceSent[made] = seen - sent;
        // ELB may have heard of it first.
        sinceWritten[made++] = Math.max(0, seen - written.get());
        LockSupport.parkNanos(sent + GAP_NANOS - System.nanoTime());
    }

    Times sinceSent() {
        return Times.of(sinceSent);
    }

    Times sinceWritten() {
        return Times.of(sinceWritten);
    }
}
