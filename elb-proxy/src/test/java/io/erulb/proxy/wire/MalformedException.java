package io.erulb.proxy.wire;

import java.io.IOException;

/** Bytes that are no HTTP/1.1 message, however they go on. */
public final class MalformedException extends IOException {
    private static final long serialVersionUID = 1;

    MalformedException(String what) {
        super(what);
    }
}
