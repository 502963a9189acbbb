package io.erulb.server;

import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Which answers the rules of one domain allow, while they are written anew: each version has servers of its own, a
 * deletion is a version without any, and versions never go back. Safe for use by many threads.
 */
final class AllowedAnswers {
    private final Map<Integer, Set<String>> backends = new ConcurrentHashMap<>();
    private final AtomicInteger newest = new AtomicInteger();
    /** The version below which no answer may come any more: one of these was seen, or looked up, in force. */
    private final AtomicInteger least = new AtomicInteger();

    /** To be called before the version is written, which takes the number returned. */
    int announce(Set<String> names) {
        int version = newest.get() + 1;
        backends.put(version, Set.copyOf(names));
        newest.set(version);
        return version;
    }

    /** This version is in force: no request from now on may see an older one. */
    void inForce(int version) {
        least.accumulateAndGet(version, Math::max);
    }

    /** To be asked when a request begins. */
    int least() {
        return least.get();
    }

    /** Whether a request that began at {@link #least} may be told that there is no such domain. */
    boolean allowsNone(int leastAtBegin) {
        OptionalInt deletion = backends.entrySet().stream()
                .filter(each -> each.getKey() >= leastAtBegin && each.getValue().isEmpty())
                .mapToInt(Map.Entry::getKey)
                .min();
        deletion.ifPresent(this::inForce);
        return deletion.isPresent();
    }

    /** What is wrong with an answer by this backend to a request that began at {@link #least}, null for nothing. */
    @Nullable
    String fault(int leastAtBegin, int version, String backend) {
        if (version < leastAtBegin) {
            return "version " + version + " after " + leastAtBegin + " was in force";
        }
        Set<String> allowed = backends.getOrDefault(version, Set.of());
        if (!allowed.contains(backend)) {
            return "version " + version + " belongs to " + allowed + ", not to " + backend;
        }
        inForce(version);
        return null;
    }
}
