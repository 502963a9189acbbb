import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * 50 changes a second among {@link ScaleScene}'s domains, each a revision of its own: a domain's document, then the
 * weight of a server of an upstream. Elsewhere in etcd the same is written where ELB does not look.
 */
final class ChangeStream {
    static final int RATE = 50;
    private static final long GAP_NANOS = TimeUnit.SECONDS.toNanos(1) / RATE;

    private final Etcd etcd;
    private final Random random;
    private final boolean elsewhere;
    private long version = 1_000_000;

    ChangeStream(Etcd etcd, Random random, boolean elsewhere) {
        this.etcd = etcd;
        this.random = random;
        this.elsewhere = elsewhere;
    }

    /** Changes for so long; answers how often. */
    int run(Duration time) throws Exception {
        long begun = System.nanoTime();
        int count = (int) (time.toNanos() / GAP_NANOS);
        for (int i = 0; i < count; i++) {
            for (long wait = begun + i * GAP_NANOS - System.nanoTime(); wait > 0; ) {
                LockSupport.parkNanos(wait);
                wait = begun + i * GAP_NANOS - System.nanoTime();
            }
            change().get(10, TimeUnit.SECONDS);
        }
        return count;
    }

    private CompletableFuture<Long> change() {
        int number = random.nextInt(ScaleScene.DOMAINS);
        version++;
        return version % 2 == 0
                ? write(Documents.ruleKey(number), Documents.document(number, ScaleScene.RULES, version))
                : write(Documents.serverKey(number, 0), "weight=" + (3 + version % 1000));
    }

    private CompletableFuture<Long> write(String key, String value) {
        return elsewhere ? etcd.putElsewhere(key, value) : etcd.put(key, value);
    }
}
