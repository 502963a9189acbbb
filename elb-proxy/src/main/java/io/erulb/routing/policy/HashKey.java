package io.erulb.routing.policy;

import io.erulb.rules.RequestValue;
import io.erulb.rules.RequestView;
import io.erulb.upstream.spi.Selection;
import java.net.InetAddress;

/**
 * What a request is known by to a balancer that goes by keys: a hash of one of its values, the same on every instance (64-bit
 * FNV-1a, mixed by the finish of MurmurHash3, since balancers look at the upper bits). Immutable.
 */
public record HashKey(RequestValue value) {
    private static final long OFFSET = 0xcbf29ce484222325L;
    private static final long PRIME = 0x100000001b3L;

    /** The key; {@link Selection#NO_KEY} for a request without the value. */
    public long of(RequestView request) {
        if (value.kind() == RequestValue.Kind.CLIENT) {
            return of(request.client());
        }
        String text = value.of(request);
        return text == null ? Selection.NO_KEY : of(text);
    }

    /** Never {@link Selection#NO_KEY}. */
    static long of(String text) {
        long hash = OFFSET;
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            hash = (hash ^ (unit & 0xff)) * PRIME;
            hash = (hash ^ unit >> Byte.SIZE) * PRIME;
        }
        return mix(hash);
    }

    private static long of(InetAddress address) {
        long hash = OFFSET;
        for (byte part : address.getAddress()) {
            hash = (hash ^ (part & 0xff)) * PRIME;
        }
        return mix(hash);
    }

    private static long mix(long hash) {
        long mixed = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        mixed ^= mixed >>> 33;
        return mixed == Selection.NO_KEY ? 1 : mixed;
    }
}
