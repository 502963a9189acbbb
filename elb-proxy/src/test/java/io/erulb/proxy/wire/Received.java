package io.erulb.proxy.wire;

import org.jspecify.annotations.Nullable;

/**
 * What an upstream got of one request.
 *
 * @param connection the number of the connection, from 1
 * @param request the request; of one that was cut in its body the head only; null when not even that was well-formed
 * @param raw the bytes as Latin-1, of a long message only the first ones
 * @param why what is wrong, empty when the request is whole
 */
public record Received(
        int connection, State state, @Nullable WireRequest request, String raw, String why) {

    /** How well-formed it is. */
    public enum State {
        /** A whole request. */
        WHOLE,
        /** The connection ended in the middle of a request that was well-formed so far. */
        CUT,
        /** Not a request. */
        MALFORMED
    }

    /** Whether it is a whole request. */
    public boolean isWhole() {
        return state == State.WHOLE;
    }

    /** Whether it is not even the beginning of a request. */
    public boolean isMalformed() {
        return state == State.MALFORMED;
    }

    @Override
    public String toString() {
        return state + " on connection " + connection + ' ' + why + '\n' + raw;
    }
}
