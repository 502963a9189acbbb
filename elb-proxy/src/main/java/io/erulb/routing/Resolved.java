package io.erulb.routing;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a name resolves to. Immutable.
 *
 * @param addresses at least one; kept in the order of their bytes, IPv4 first, each once, because DNS servers rotate
 *     theirs and another order is no other answer
 * @param ttl how long that holds, not negative; null where the source does not tell
 */
public record Resolved(
        List<InetAddress> addresses, @Nullable Duration ttl) {
    private static final Comparator<InetAddress> BY_BYTES = Comparator.<InetAddress>comparingInt(
                    address -> address.getAddress().length)
            .thenComparing(InetAddress::getAddress, Arrays::compareUnsigned);

    /** Refuses no addresses and a negative time with {@link IllegalArgumentException}. */
    public Resolved {
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("addresses: none (expected: at least one)");
        }
        if (ttl != null && ttl.isNegative()) {
            throw new IllegalArgumentException("ttl: " + ttl + " (expected: not negative)");
        }
        addresses = addresses.stream().distinct().sorted(BY_BYTES).toList();
    }

    /** Addresses of which nobody knows how long they hold. */
    public static Resolved of(List<InetAddress> addresses) {
        return new Resolved(addresses, null);
    }

    /** The same, looked up again after the usual time rather than by the TTL. */
    public Resolved withoutTtl() {
        return new Resolved(addresses, null);
    }
}
