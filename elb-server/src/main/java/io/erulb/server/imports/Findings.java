package io.erulb.server.imports;

import io.erulb.store.ConfigKey;
import io.erulb.store.ConfigKey.ServerKey;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What one source or several hold: values by key, what can't be taken over (faults) and what is left behind or worth
 * knowing (warnings). A key with a fault stays listed, as refused. For one thread.
 */
final class Findings {
    private static final int MOST_STRAYS = 100;

    private final NavigableMap<ConfigKey, Entry> entries = new TreeMap<>();
    private final Set<String> refused = new HashSet<>();
    private final List<String> faults = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private int strays;

    /** A value and where it was found. Immutable. */
    record Entry(String value, Place place) {}

    /** Adds a value; a key that stands twice in a source is a fault. */
    void add(ConfigKey key, String value, Place place) {
        Entry before = entries.putIfAbsent(key, new Entry(value, place));
        if (before != null) {
            refuse(key.path());
            fault(place, key + " stands twice, also at " + before.place() + " (expected: once)");
        }
    }

    /** Adds a fault of something that no key is listed for. */
    void fault(Place place, String sentence) {
        faults.add(place + ": " + sentence);
    }

    void warn(Place place, String sentence) {
        warnings.add(place + ": " + sentence);
    }

    /** Adds a warning of a key that means nothing to ELB; of many, the first ones. */
    void stray(Place place, String key) {
        strays++;
        if (strays <= MOST_STRAYS) {
            warn(place, key + " is a stray: it is neither rules/DOMAIN nor upstreams/UPSTREAM/SERVER below our name");
        } else if (strays == MOST_STRAYS + 1) {
            warn(place, "there are more strays than these " + MOST_STRAYS);
        }
    }

    /** Refuses a domain, or an upstream with all its servers, which are listed all the same. */
    void refuseWhole(String path, Place place, String sentence) {
        refuse(path);
        fault(place, sentence);
    }

    private void refuse(String path) {
        refused.add(path);
    }

    /**
     * Adds what another source holds. What both hold alike is no matter; a domain or an upstream that is not the same in
     * both is a fault, since nobody can say which is meant.
     */
    void addAll(Findings other) {
        Map<String, Map<ConfigKey, Entry>> ours = byWhole();
        other.byWhole().forEach((path, theirs) -> {
            Map<ConfigKey, Entry> mine = ours.get(path);
            if (mine != null && !values(mine).equals(values(theirs))) {
                Place place = place(theirs);
                Place before = place(mine);
                refuseWhole(path, place, path + " is another at " + before + " (expected: one, or the same in both)");
            }
            theirs.forEach(entries::putIfAbsent);
        });
        refused.addAll(other.refused);
        faults.addAll(other.faults);
        warnings.addAll(other.warnings);
    }

    private static Place place(Map<ConfigKey, Entry> whole) {
        return whole.values().iterator().next().place();
    }

    private Map<String, Map<ConfigKey, Entry>> byWhole() {
        Map<String, Map<ConfigKey, Entry>> wholes = new TreeMap<>();
        entries.forEach((key, entry) ->
                wholes.computeIfAbsent(whole(key), path -> new TreeMap<>()).put(key, entry));
        return wholes;
    }

    private static Map<ConfigKey, String> values(Map<ConfigKey, Entry> entries) {
        return entries.entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey, entry -> entry.getValue().value()));
    }

    /** A domain's key, or the path of the upstream that a server is of. */
    private static String whole(ConfigKey key) {
        return key instanceof ServerKey server ? upstreamPath(server.upstream()) : key.path();
    }

    static String upstreamPath(String upstream) {
        return "upstreams/" + upstream;
    }

    boolean isEmpty() {
        return entries.isEmpty();
    }

    boolean isRefused(ConfigKey key) {
        return refused.contains(key.path()) || refused.contains(whole(key));
    }

    SortedMap<ConfigKey, Entry> entries() {
        return Collections.unmodifiableSortedMap(entries);
    }

    List<String> faults() {
        return Collections.unmodifiableList(faults);
    }

    List<String> warnings() {
        return Collections.unmodifiableList(warnings);
    }
}
