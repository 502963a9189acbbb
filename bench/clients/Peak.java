import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** The most memory the server had. */
final class Peak implements AutoCloseable {
    private final AtomicLong rssKib = new AtomicLong();
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor();

    Peak(Server server) {
        watch.scheduleAtFixedRate(
                () -> rssKib.accumulateAndGet(server.rssKib(), Math::max), 0, 50, TimeUnit.MILLISECONDS);
    }

    long rssKib() {
        return rssKib.get();
    }

    @Override
    public void close() {
        watch.shutdown();
    }
}
