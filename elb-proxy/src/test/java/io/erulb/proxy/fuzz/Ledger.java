package io.erulb.proxy.fuzz;

import io.erulb.proxy.wire.WireRequest;

/**
 * Which of a case's requests reached servers. They come in their order, each at most once unless it may be repeated. Safe
 * for use by many threads.
 */
final class Ledger {
    private final SentRequests sent;
    private final int[] attempts;
    private int next;

    Ledger(SentRequests sent) {
        this.sent = sent;
        this.attempts = new int[sent.begun()];
    }

    /** The number of the request that a head belongs to; -1 when the client sent no such request, or not now. */
    synchronized int begun(WireRequest received) {
        for (int i = next; i < attempts.length; i++) {
            if (sent.get(i).isForwardedAs(received)) {
                attempts[i]++;
                next = i + 1;
                return i;
            }
        }
        int last = next - 1;
        if (last >= 0 && Requests.isRepeatable(received) && sent.get(last).isForwardedAs(received)) {
            attempts[last]++;
            return last;
        }
        return -1;
    }

    /** Whether a request was sent whole, with this body. */
    boolean isWhole(int number, WireRequest received) {
        return sent.get(number).isWholeAs(received);
    }

    /** How many attempts at a request came before the present one. */
    synchronized int attempt(int number) {
        return attempts[number] - 1;
    }
}
