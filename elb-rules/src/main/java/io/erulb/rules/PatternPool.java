package io.erulb.rules;

import io.erulb.rules.spi.TextPattern;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Patterns in use, so that equal ones are compiled once however many rules and domains have them: that saves memory, and
 * requests for many domains find the pattern in the processor's caches. A pattern that no rule holds is forgotten. Safe for
 * use by many threads.
 */
final class PatternPool {
    private final Map<Source, Entry> entries = new ConcurrentHashMap<>();
    private final ReferenceQueue<TextPattern> unused = new ReferenceQueue<>();

    /** What a pattern is compiled from. */
    record Source(String text, boolean ignoreCase, boolean backtracking) {}

    /** Compiles a pattern. */
    @FunctionalInterface
    interface Compiler {
        TextPattern compile(Source source) throws BadPatternException;
    }

    /** The pattern of a source; two threads that ask for a new one at once may get two. */
    TextPattern get(Source source, Compiler compiler) throws BadPatternException {
        forgetUnused();
        Entry known = entries.get(source);
        TextPattern pattern = known == null ? null : known.get();
        if (pattern == null) {
            pattern = compiler.compile(source);
            entries.put(source, new Entry(source, pattern, unused));
        }
        return pattern;
    }

    /** How many patterns are remembered. */
    int size() {
        forgetUnused();
        return entries.size();
    }

    private void forgetUnused() {
        for (Entry entry = next(); entry != null; entry = next()) {
            entries.remove(entry.source, entry);
        }
    }

    private @Nullable Entry next() {
        return (Entry) unused.poll();
    }

    private static final class Entry extends WeakReference<TextPattern> {
        private final Source source;

        Entry(Source source, TextPattern pattern, ReferenceQueue<TextPattern> unused) {
            super(pattern, unused);
            this.source = source;
        }
    }
}
