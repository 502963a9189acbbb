package io.erulb.server;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoredConfig;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Looks at what a server has in force. */
final class ForceProbe {
    private static final long PAUSE_NANOS = 10_000_000L;
    private static final int MOST_NAMED = 5;
    private static final int LONGEST_VALUE = 200;

    private final ServerProcess server;

    ForceProbe(ServerProcess server) {
        this.server = server;
    }

    /** Returns when the state in force takes a revision of the store into account; fails when it takes too long. */
    void awaitRevision(long revision, Duration most) throws Exception {
        await(most, () -> {
            long inForce = get("status").get("revision").getAsLong();
            return inForce >= revision ? "" : "revision " + inForce + " is in force, not yet " + revision;
        });
    }

    /** Returns when what a store holds is in force, all of it and nothing else; fails when it takes too long. */
    void awaitState(StoredConfig truth, Duration most) throws Exception {
        JsonObject expected = configOf(truth);
        await(most, () -> difference(expected, get("config")));
    }

    private interface Look {
        /** What isn't as expected yet, empty for nothing. */
        String take() throws Exception;
    }

    private static void await(Duration most, Look look) throws Exception {
        long end = System.nanoTime() + most.toNanos();
        for (String missing = look.take(); !missing.isEmpty(); missing = look.take()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("after " + most.toSeconds() + " s " + missing);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    private JsonObject get(String resource) throws Exception {
        return JsonParser.parseString(
                        Http.get(server.uri(), "/__erulb__/" + resource).body())
                .getAsJsonObject();
    }

    private static JsonObject configOf(StoredConfig truth) {
        JsonObject domains = new JsonObject();
        JsonObject upstreams = new JsonObject();
        truth.entries().forEach((key, value) -> {
            if (key instanceof DomainKey domain) {
                domains.add(domain.domain(), JsonParser.parseString(value.text()));
            } else if (key instanceof ServerKey of) {
                if (!upstreams.has(of.upstream())) {
                    upstreams.add(of.upstream(), new JsonObject());
                }
                upstreams.getAsJsonObject(of.upstream()).addProperty(of.server(), value.text());
            }
        });
        JsonObject config = new JsonObject();
        config.add("domains", domains);
        config.add("upstreams", upstreams);
        return config;
    }

    private static String difference(JsonObject expected, JsonObject found) {
        Set<String> differing = new TreeSet<>();
        for (String part : List.of("domains", "upstreams")) {
            JsonObject these = expected.getAsJsonObject(part);
            JsonObject those = found.getAsJsonObject(part);
            Set<String> names = new TreeSet<>(these.keySet());
            names.addAll(those.keySet());
            names.stream()
                    .filter(name -> !Objects.equals(these.get(name), those.get(name)))
                    .map(name -> name + ": " + brief(those.get(name)) + ", in etcd " + brief(these.get(name)))
                    .forEach(differing::add);
        }
        return differing.isEmpty()
                ? ""
                : differing.size() + " names differ, such as "
                        + differing.stream().limit(MOST_NAMED).toList();
    }

    private static String brief(@Nullable JsonElement value) {
        String text = String.valueOf(value);
        return text.substring(0, Math.min(text.length(), LONGEST_VALUE));
    }
}
