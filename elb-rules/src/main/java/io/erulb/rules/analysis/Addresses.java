package io.erulb.rules.analysis;

import io.erulb.rules.spi.IpRange;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** A set of IP addresses: ranges apart from each other, in order, IPv4 before IPv6. Immutable. */
final class Addresses {
    /** IPv6 addresses are counted from here, so that the two families do not meet. */
    private static final BigInteger V6 = BigInteger.ONE.shiftLeft(128);

    private static final BigInteger V4_END = BigInteger.ONE.shiftLeft(32);
    private static final BigInteger V6_END = V6.shiftLeft(1);

    static final Addresses ALL = new Addresses(List.of(new Range(BigInteger.ZERO, V4_END), new Range(V6, V6_END)));

    private final List<Range> ranges;

    /** From one number to below another. */
    private record Range(BigInteger from, BigInteger to) {}

    private Addresses(List<Range> ranges) {
        this.ranges = ranges;
    }

    int size() {
        return ranges.size();
    }

    static Addresses of(List<IpRange> blocks) {
        List<Range> sorted = new ArrayList<>();
        for (IpRange block : blocks) {
            byte[] bytes = block.address().getAddress();
            int free = bytes.length * 8 - block.prefix();
            BigInteger from = new BigInteger(1, bytes).shiftRight(free).shiftLeft(free);
            BigInteger base = bytes.length == 4 ? BigInteger.ZERO : V6;
            sorted.add(new Range(base.add(from), base.add(from).add(BigInteger.ONE.shiftLeft(free))));
        }
        sorted.sort(Comparator.comparing(Range::from));
        return new Addresses(merged(sorted));
    }

    private static List<Range> merged(List<Range> sorted) {
        List<Range> merged = new ArrayList<>();
        for (Range range : sorted) {
            Range last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && range.from.compareTo(last.to) <= 0) {
                merged.set(merged.size() - 1, new Range(last.from, last.to.max(range.to)));
            } else {
                merged.add(range);
            }
        }
        return merged;
    }

    Addresses and(Addresses others) {
        List<Range> both = new ArrayList<>();
        int mine = 0;
        int theirs = 0;
        while (mine < ranges.size() && theirs < others.ranges.size()) {
            Range range = ranges.get(mine);
            Range other = others.ranges.get(theirs);
            BigInteger from = range.from.max(other.from);
            BigInteger to = range.to.min(other.to);
            if (from.compareTo(to) < 0) {
                both.add(new Range(from, to));
            }
            // The one that ends first has no part in what comes.
            if (range.to.compareTo(other.to) <= 0) {
                mine++;
            } else {
                theirs++;
            }
        }
        return new Addresses(both);
    }

    Addresses complement() {
        List<Range> others = new ArrayList<>();
        for (Range family : ALL.ranges) {
            BigInteger next = family.from;
            for (Range range : and(new Addresses(List.of(family))).ranges) {
                if (next.compareTo(range.from) < 0) {
                    others.add(new Range(next, range.from));
                }
                next = range.to;
            }
            if (next.compareTo(family.to) < 0) {
                others.add(new Range(next, family.to));
            }
        }
        return new Addresses(others);
    }

    boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** Whether these are all there are. */
    boolean fitIn(int most) {
        BigInteger size = BigInteger.ZERO;
        for (Range range : ranges) {
            size = size.add(range.to.subtract(range.from));
        }
        return size.compareTo(BigInteger.valueOf(most)) <= 0;
    }

    /** Some of them, spread over the ranges; all where {@link #fitIn} says so. */
    List<InetAddress> some(int most) {
        List<InetAddress> some = new ArrayList<>();
        int each = Math.max(1, most / Math.max(1, ranges.size()));
        boolean all = fitIn(most);
        for (Range range : ranges) {
            BigInteger next = range.from;
            for (int i = 0; (all || i < each) && next.compareTo(range.to) < 0; i++) {
                some.add(address(next));
                next = next.add(BigInteger.ONE);
            }
        }
        return some;
    }

    private static InetAddress address(BigInteger number) {
        boolean v6 = number.compareTo(V6) >= 0;
        byte[] digits = (v6 ? number.subtract(V6) : number).toByteArray();
        byte[] bytes = new byte[v6 ? 16 : 4];
        int length = Math.min(digits.length, bytes.length);
        System.arraycopy(digits, digits.length - length, bytes, bytes.length - length, length);
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(Arrays.toString(bytes) + " is no address", e);
        }
    }
}
