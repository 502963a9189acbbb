package io.erulb.proxy.http1;

/**
 * The fields of an answer that go on to a client byte for byte: well-formed lines, none of them of concern to one
 * connection alone. Valid during the call that hands it over.
 */
public interface FieldLines {
    /** Bytes that all lines take together, or a few more. */
    int maxBytes();

    /** Copies the lines, each with its CRLF, to an array from an offset on; returns the offset behind them. */
    int copyTo(byte[] target, int offset);

    /** Whether one of them is Date. */
    boolean hasDate();
}
