package io.erulb.proxy.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a case.
 *
 * @param answers what the client got until its connection ended, interim answers included
 * @param malformed why what it got is not a row of answers, null when it is
 * @param received what servers got, in order
 * @param connections how many connections they were asked for
 */
record Outcome(List<WireResponse> answers, @Nullable String malformed, List<Received> received, int connections) {
    static final String PROBE = "/probe";

    /** The answer to the case's request; the probe's is another one. */
    @Nullable
    WireResponse answer() {
        return answers.stream()
                .filter(answer -> answer.status() >= 200 || answer.status() == 101)
                .findFirst()
                .orElse(null);
    }

    /** What servers got of the case's request. */
    List<Received> ofRequest() {
        return received.stream().filter(one -> !isProbe(one)).toList();
    }

    private static boolean isProbe(Received one) {
        WireRequest request = one.request();
        return request != null && request.target().equals(PROBE);
    }

    /** Whether the probe was served, by its own answer. */
    boolean probed() {
        WireResponse last = answers.isEmpty() ? null : answers.get(answers.size() - 1);
        return last != null && last.body().equals(PROBE) && received.stream().anyMatch(Outcome::isProbe);
    }
}
