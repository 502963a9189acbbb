package io.erulb.upstream.testing;

import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.ServerSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reference: nginx's ngx_http_upstream_get_peer and ngx_http_upstream_free_round_robin_peer written down step by
 * step, without the temporary lowering of weights after failures, for one request at a time.
 */
public final class Nginx {
    private final LongSupplier clock;
    private List<Server> servers = new ArrayList<>();

    public Nginx(LongSupplier clock, List<ResolvedServer> written) {
        this.clock = clock;
        change(written);
    }

    /** Other servers; those of the same host keep their state. */
    public void change(List<ResolvedServer> written) {
        List<Server> changed = new ArrayList<>();
        for (ResolvedServer server : written) {
            Server old = find(server.spec().host());
            changed.add(new Server(server.spec(), old));
        }
        servers = changed;
    }

    /** The host of the next pick, or {@code "-"}. */
    public String pick() {
        long now = clock.getAsLong();
        long total = 0;
        Server best = null;
        for (Server server : servers) {
            if (server.skipped(now)) {
                continue;
            }
            server.currentWeight += server.spec.weight();
            total += server.spec.weight();
            if (best == null || server.currentWeight > best.currentWeight) {
                best = server;
            }
        }
        if (best == null) {
            return "-";
        }
        best.currentWeight -= total;
        if (now - best.checked > best.spec.failTimeout().toNanos()) {
            best.checked = now;
        }
        return best.spec.host();
    }

    public void free(String host, boolean failed) {
        Server server = find(host);
        if (server == null) {
            return;
        }
        if (failed) {
            server.fails++;
            server.accessed = clock.getAsLong();
            server.checked = clock.getAsLong();
        } else if (server.accessed - server.checked < 0) {
            server.fails = 0;
        }
    }

    private @Nullable Server find(String host) {
        return servers.stream()
                .filter(server -> server.spec.host().equals(host))
                .findFirst()
                .orElse(null);
    }

    private static final class Server {
        private final ServerSpec spec;
        private long currentWeight;
        private int fails;
        private long accessed;
        private long checked;

        private Server(ServerSpec spec, @Nullable Server old) {
            this.spec = spec;
            if (old != null) {
                currentWeight = old.currentWeight;
                fails = old.fails;
                accessed = old.accessed;
                checked = old.checked;
            }
        }

        private boolean skipped(long now) {
            boolean out = spec.maxFails() > 0
                    && fails >= spec.maxFails()
                    && now - checked <= spec.failTimeout().toNanos();
            return spec.down() || out;
        }
    }
}
