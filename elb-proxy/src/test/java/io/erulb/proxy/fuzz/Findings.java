package io.erulb.proxy.fuzz;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What was found, one finding a case. Safe for use by many threads. */
final class Findings {
    private static final int ENOUGH = 5;

    private final List<String> texts = new ArrayList<>();
    private final Set<Long> cases = new HashSet<>();

    synchronized void add(Case culprit, String what) {
        if (texts.size() < ENOUGH && cases.add(culprit.number)) {
            texts.add(culprit.describe(what));
        }
    }

    synchronized void add(String what) {
        if (texts.size() < ENOUGH) {
            texts.add(what);
        }
    }

    /** Whether it makes no sense to go on. */
    synchronized boolean areEnough() {
        return texts.size() >= ENOUGH;
    }

    synchronized List<String> texts() {
        return List.copyOf(texts);
    }
}
