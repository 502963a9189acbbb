package io.erulb.upstream.balancer;

import io.erulb.upstream.Peer;
import io.erulb.upstream.spi.BalancerContext;
import io.erulb.upstream.spi.Selection;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The candidates of a balancer and chance. Immutable and safe for use by many threads. */
final class Candidates {
    private final Peer[] peers;
    private final int[] weights;
    private final RandomGenerator random;

    Candidates(BalancerContext context) {
        this.peers = context.candidates().toArray(new Peer[0]);
        this.weights = context.weights().stream().mapToInt(weight -> weight).toArray();
        this.random = context.random();
    }

    int size() {
        return peers.length;
    }

    Peer get(int index) {
        return peers[index];
    }

    /** The weight in force of one of them. */
    int weight(int index) {
        return weights[index];
    }

    /** How many of them a request may go to. */
    int accepted(Selection selection) {
        int count = 0;
        for (Peer peer : peers) {
            count += selection.accepts(peer) ? 1 : 0;
        }
        return count;
    }

    /** The first one from a random place on that a request may go to; null when there is none. */
    @Nullable
    Peer anyAccepted(Selection selection) {
        int start = anyIndex();
        for (int i = 0; i < peers.length; i++) {
            Peer peer = peers[(start + i) % peers.length];
            if (selection.accepts(peer)) {
                return peer;
            }
        }
        return null;
    }

    int anyIndex() {
        return (int) below(peers.length);
    }

    /** A number from 0 up to, and without, a bound. */
    long below(long bound) {
        return below(chance(), bound);
    }

    /** 64 bits of chance. */
    long chance() {
        return random.nextLong();
    }

    /** As good as others for a choice or two more, and cheaper (Knuth's MMIX generator). */
    static long nextChance(long chance) {
        return chance * 6364136223846793005L + 1442695040888963407L;
    }

    /** A number from 0 up to, and without, a bound below 2^48; by the upper bits of chance. */
    static long below(long chance, long bound) {
        return Math.multiplyHigh(chance >>> 1, bound << 1);
    }
}
