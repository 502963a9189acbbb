package io.erulb.proxy.wire;

import org.jspecify.annotations.Nullable;

/**
 * Bytes of one request, and what must come of them.
 *
 * @param id names the case
 * @param fault the class of faults that would let it pass wrongly
 * @param section of RFC 9112, or another RFC where it says so
 * @param bytes as Latin-1
 * @param status the answer's
 * @param seen what the handler sees, method, target, fields and body; null when nothing may reach it
 */
public record RequestCase(
        String id,
        FaultClass fault,
        String section,
        String bytes,
        int status,
        @Nullable String seen) {
    @Override
    public String toString() {
        return id + " (" + section + ")";
    }
}
