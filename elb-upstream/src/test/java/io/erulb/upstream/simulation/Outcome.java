package io.erulb.upstream.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** How long answers took, and how many were none. */
final class Outcome {
    private final List<Long> nanos = new ArrayList<>();
    private int failed;
    private int attempts;

    void add(long took, boolean failure) {
        nanos.add(took);
        failed += failure ? 1 : 0;
    }

    void attempt() {
        attempts++;
    }

    /** Attempts for each request. */
    double load() {
        return (double) attempts / nanos.size();
    }

    /** Milliseconds within which a share of the requests was answered. */
    double millis(double share) {
        List<Long> sorted = new ArrayList<>(nanos);
        Collections.sort(sorted);
        return sorted.get((int) ((sorted.size() - 1) * share)) / 1e6;
    }

    double failedPercent() {
        return 100.0 * failed / nanos.size();
    }

    int requests() {
        return nanos.size();
    }
}
