package io.erulb.server;

import static java.util.Objects.requireNonNull;

import com.google.gson.JsonParser;
import io.erulb.store.ConfigKey.DomainKey;
import io.erulb.store.ConfigKey.ServerKey;
import io.erulb.store.StoreException;
import io.erulb.store.StoredChange;
import io.erulb.store.StoredChange.Delete;
import io.erulb.store.StoredChange.Put;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import io.erulb.store.etcd.EtcdProcess;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The domains that are under load. Each has an upstream of its own, and each write gives both the domain a new version
 * and the upstream other servers, at one revision. Safe for use by many threads.
 */
final class LoadedDomains {
    private static final int DOMAINS = 4;

    private final GuardedWriter writer;
    private final List<VersionBackend> backends;
    private final Map<String, AllowedAnswers> domains = new TreeMap<>();
    /** Guarded by this. */
    private final Random random;

    LoadedDomains(GuardedWriter writer, List<VersionBackend> backends, long seed) {
        this.writer = writer;
        this.backends = List.copyOf(backends);
        this.random = new Random(seed);
        for (int i = 0; i < DOMAINS; i++) {
            domains.put("load" + i + ".local", new AllowedAnswers());
        }
    }

    List<String> names() {
        return List.copyOf(domains.keySet());
    }

    AllowedAnswers answersOf(String domain) {
        return requireNonNull(domains.get(domain));
    }

    /** Gives one of them a new version. */
    synchronized void rewriteOne() throws StoreException {
        rewrite(names().get(random.nextInt(DOMAINS)));
    }

    /** Gives each of them a new version. */
    synchronized void rewriteAll() throws StoreException {
        for (String domain : names()) {
            rewrite(domain);
        }
    }

    /** Deletes the whole prefix, as an operator does by mistake. */
    synchronized void deleteEverything(EtcdProcess etcd) throws IOException {
        domains.values().forEach(answers -> answers.announce(Set.of()));
        etcd.deletePrefix("/ELB/");
        writer.forget();
    }

    /** All that is there is in force. */
    synchronized void confirm(StoredConfig truth) {
        domains.forEach((domain, answers) -> {
            StoredValue document = truth.entries().get(new DomainKey(domain));
            answers.inForce(document == null ? 0 : versionIn(document.text()));
        });
    }

    private void rewrite(String domain) throws StoreException {
        Set<String> names = drawBackends();
        int version = answersOf(domain).announce(names);
        String upstream = "of-" + domain;
        writer.write(base -> {
            List<StoredChange> changes = new ArrayList<>();
            changes.add(new Put(new DomainKey(domain), Documents.toBackend(upstream, version)));
            for (VersionBackend backend : backends) {
                ServerKey key = new ServerKey(upstream, backend.address());
                if (names.contains(backend.name())) {
                    changes.add(new Put(key, "weight=" + (1 + version % 9)));
                } else if (base.entries().containsKey(key)) {
                    changes.add(new Delete(key));
                }
            }
            return changes;
        });
    }

    private Set<String> drawBackends() {
        Set<String> names = new TreeSet<>();
        while (names.isEmpty()) {
            backends.stream().filter(backend -> random.nextBoolean()).forEach(backend -> names.add(backend.name()));
        }
        return names;
    }

    private static int versionIn(String document) {
        return JsonParser.parseString(document)
                .getAsJsonObject()
                .getAsJsonObject("rules")
                .getAsJsonObject("r")
                .getAsJsonObject("args")
                .get("X-Version")
                .getAsInt();
    }
}
