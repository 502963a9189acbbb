package io.erulb.rules.spi;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * A set of address blocks, asked by binary search: thousands of blocks cost little more than one. Blocks of v4 hold v4
 * addresses only, those of v6 hold v6 addresses only. Immutable, safe for use by many threads.
 */
public final class IpRanges {
    private final Sorted v4;
    private final Sorted v6;

    private IpRanges(Sorted v4, Sorted v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    /** The addresses of any of these blocks. */
    public static IpRanges of(List<IpRange> ranges) {
        return new IpRanges(Sorted.of(ranges, true), Sorted.of(ranges, false));
    }

    /** Whether one of the blocks holds the address. */
    public boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4
                ? v4.contains(0, number(bytes, 0, 4))
                : v6.contains(number(bytes, 0, 8), number(bytes, 8, 16));
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = (number << 8) | (bytes[i] & 0xff);
        }
        return number;
    }

    /** The first and last address of a block, as two unsigned halves each. */
    private record Block(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        static final Comparator<Block> ORDER = (a, b) -> compare(a.firstHigh, a.firstLow, b.firstHigh, b.firstLow);

        static Block of(IpRange range) {
            byte[] bytes = range.address().getAddress();
            boolean v4 = bytes.length == 4;
            long high = v4 ? 0 : number(bytes, 0, 8);
            long low = v4 ? number(bytes, 0, 4) : number(bytes, 8, 16);
            int free = (v4 ? 32 : 128) - range.prefix();
            long freeLow = free >= 64 ? -1 : (1L << free) - 1;
            long freeHigh = free <= 64 ? 0 : free == 128 ? -1 : (1L << (free - 64)) - 1;
            return new Block(high & ~freeHigh, low & ~freeLow, high | freeHigh, low | freeLow);
        }

        static int compare(long aHigh, long aLow, long bHigh, long bLow) {
            int high = Long.compareUnsigned(aHigh, bHigh);
            return high != 0 ? high : Long.compareUnsigned(aLow, bLow);
        }

        boolean holds(long high, long low) {
            return compare(firstHigh, firstLow, high, low) <= 0 && compare(high, low, lastHigh, lastLow) <= 0;
        }
    }

    /** Blocks of one family by their first address, none inside another: CIDR blocks are nested or apart. */
    private static final class Sorted {
        private final Block[] blocks;

        private Sorted(Block[] blocks) {
            this.blocks = blocks;
        }

        static Sorted of(List<IpRange> ranges, boolean v4) {
            Block[] sorted = ranges.stream()
                    .filter(range -> range.address() instanceof Inet4Address == v4)
                    .map(Block::of)
                    .sorted(Block.ORDER.thenComparing(Sorted::widestFirst))
                    .toArray(Block[]::new);
            return new Sorted(withoutInner(sorted));
        }

        private static int widestFirst(Block a, Block b) {
            return Block.compare(b.lastHigh, b.lastLow, a.lastHigh, a.lastLow);
        }

        private static Block[] withoutInner(Block[] sorted) {
            int kept = 0;
            for (Block block : sorted) {
                if (kept == 0 || !sorted[kept - 1].holds(block.firstHigh, block.firstLow)) {
                    sorted[kept++] = block;
                }
            }
            return Arrays.copyOf(sorted, kept);
        }

        boolean contains(long high, long low) {
            int from = 0;
            int to = blocks.length;
            while (from < to) {
                int middle = (from + to) >>> 1;
                Block block = blocks[middle];
                if (block.holds(high, low)) {
                    return true;
                }
                if (Block.compare(block.firstHigh, block.firstLow, high, low) < 0) {
                    from = middle + 1;
                } else {
                    to = middle;
                }
            }
            return false;
        }
    }
}
