package io.erulb.upstream.balancer;

import io.erulb.upstream.Peer;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;

/**
 * Points on a circle of 64-bit numbers, a hundred or two for each peer, more for more weight (Karger et al., Consistent
 * Hashing and Random Trees, 1997; nginx's {@code hash ... consistent}). A key belongs to the peer of the first point at or
 * after it. A peer's points depend on its address alone: when one comes, it takes keys from all others and none goes
 * elsewhere; when one goes, its keys spread over all others. Immutable.
 */
final class HashRing {
    /** For a weight of 1. */
    private static final int POINTS = 160;

    /** A heavier peer has the points of this weight, and all others fewer in proportion. */
    private static final double MOST_WEIGHT = 100;

    private final List<Peer> peers;

    /** Sorted; each has the index of its peer in its lowest bits instead of what was drawn there. */
    private final long[] points;

    private final int indexBits;

    /** For each beginning of a key, the first point that may be at or after it: points are spread evenly, so it is nearly there. */
    private final int[] starts;

    private final int startBits;

    HashRing(List<Peer> peers) {
        this.peers = peers;
        this.indexBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(peers.size() - 1));
        int[] counts = counts(peers);
        this.points = new long[Arrays.stream(counts).sum()];
        int made = 0;
        for (int index = 0; index < counts.length; index++) {
            long seed = seed(peers.get(index).address());
            for (int n = 1; n <= counts[index]; n++) {
                points[made++] = mix(seed + n) >>> indexBits << indexBits | index;
            }
        }
        Arrays.sort(points);
        this.startBits = Math.max(1, Integer.SIZE - Integer.numberOfLeadingZeros(points.length));
        this.starts = starts();
    }

    private int[] starts() {
        int[] made = new int[1 << startBits];
        int point = 0;
        for (int beginning = 0; beginning < made.length; beginning++) {
            while (point < points.length && beginning(points[point]) < beginning) {
                point++;
            }
            made[beginning] = point;
        }
        return made;
    }

    /** The uppermost bits of a number, in the order of signed numbers. */
    private int beginning(long number) {
        return (int) ((number ^ Long.MIN_VALUE) >>> (Long.SIZE - startBits));
    }

    private static int[] counts(List<Peer> peers) {
        int[] weights = peers.stream().mapToInt(peer -> peer.spec().weight()).toArray();
        double scale = Math.max(1, Arrays.stream(weights).max().orElse(1) / MOST_WEIGHT);
        return Arrays.stream(weights)
                .map(weight -> Math.max(1, (int) Math.round(POINTS * weight / scale)))
                .toArray();
    }

    List<Peer> peers() {
        return peers;
    }

    int size() {
        return points.length;
    }

    /** Where a key's peers begin: {@link #index} of it, and of the numbers after it. */
    int start(long key) {
        int point = starts[beginning(key)];
        while (point < points.length && points[point] < key) {
            point++;
        }
        return point;
    }

    /** The place in {@link #peers} of the one at a point; points go round. */
    int index(int point) {
        return (int) (points[point % points.length] & (1L << indexBits) - 1);
    }

    /** A number for an address, by 64-bit FNV-1a. */
    private static long seed(InetSocketAddress address) {
        long hash = 0xcbf29ce484222325L;
        for (byte part : address.getAddress().getAddress()) {
            hash = (hash ^ (part & 0xff)) * 0x100000001b3L;
        }
        hash = (hash ^ address.getPort() >> 8) * 0x100000001b3L;
        return mix((hash ^ (address.getPort() & 0xff)) * 0x100000001b3L);
    }

    /** Spreads numbers over all 64 bits (the finish of splitmix64, Steele et al., 2014). */
    private static long mix(long number) {
        long z = number * 0x9e3779b97f4a7c15L;
        z = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }
}
