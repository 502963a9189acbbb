package io.erulb.proxy.wire;

import java.io.IOException;

/** A stream that ended, or was reset, in the middle of a message that was well-formed so far. */
public final class CutException extends IOException {
    private static final long serialVersionUID = 1;

    CutException(String where) {
        super(where);
    }
}
