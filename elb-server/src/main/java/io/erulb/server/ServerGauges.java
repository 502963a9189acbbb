package io.erulb.server;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.jvm.MemoryUsageGaugeSet;
import io.erulb.proxy.ElbProxy;
import io.erulb.routing.ConfiguredUpstream;
import io.erulb.routing.LiveRouting;
import io.erulb.server.accesslog.AccessLog;
import io.erulb.upstream.Peer;
import io.erulb.upstream.PeerHealth;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Puts the gauges of a running server into a registry. */
final class ServerGauges {
    private final MetricRegistry registry;

    ServerGauges(MetricRegistry registry) {
        this.registry = registry;
    }

    /** Memory of the JVM: {@code jvm.heap.used} and its like. */
    ServerGauges memory() {
        registry.registerAll("jvm", new MemoryUsageGaugeSet());
        return this;
    }

    /** Connections of clients, and requests that servers are at. */
    ServerGauges traffic(Listeners listeners, ElbProxy proxy) {
        add("connections", listeners::connections);
        add("connections.refused", listeners::refused);
        add("requests.active", proxy::active);
        add("requests.refused", proxy::refused);
        add("requests.retried", proxy::retried);
        add("requests.hedged", proxy::hedged);
        return this;
    }

    /** How many upstreams and servers can be used, what is wrong, and which revision of the store is in force. */
    ServerGauges routing(LiveRouting routing) {
        add("domains", () -> routing.current().domains().size());
        add("problems", () -> routing.problems().size());
        add("revision", () -> routing.current().sourceRevision());
        add("upstreams.all", () -> routing.current().upstreams().size());
        add("upstreams.up", () -> up(routing));
        add("servers.all", () -> peers(routing).count());
        for (PeerHealth.State state : PeerHealth.State.values()) {
            String name = "servers." + state.name().toLowerCase(Locale.ROOT);
            add(
                    name,
                    () -> peers(routing)
                            .filter(peer -> peer.health().state() == state)
                            .count());
        }
        return this;
    }

    /** How long ago the store gave a sign of life, in milliseconds, and its revision. */
    ServerGauges store(ConfigSync sync) {
        add("store.age", () -> {
            var age = sync.status().age();
            return age == null ? -1 : age.toMillis();
        });
        add("store.revision", () -> sync.status().revision());
        return this;
    }

    /** How many lines of the access log were lost. */
    ServerGauges accessLog(@Nullable AccessLog log) {
        if (log != null) {
            add("access_log.lost", log::lost);
        }
        return this;
    }

    private void add(String name, Gauge<? extends Number> gauge) {
        registry.registerGauge(name, gauge);
    }

    private static Stream<Peer> peers(LiveRouting routing) {
        return routing.current().upstreams().values().stream().flatMap(upstream -> upstream.live().peers().stream());
    }

    private static long up(LiveRouting routing) {
        return routing.current().upstreams().values().stream()
                .filter(ServerGauges::isUp)
                .count();
    }

    private static boolean isUp(ConfiguredUpstream upstream) {
        return upstream.live().peers().stream().anyMatch(ServerGauges::isUp);
    }

    private static boolean isUp(Peer peer) {
        return !peer.leftOut() && !peer.spec().down();
    }
}
