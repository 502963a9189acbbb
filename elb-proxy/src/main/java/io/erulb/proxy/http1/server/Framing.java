package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * How a request says where its body ends. There is one reading or none (RFC 9112 6.3): one Content-Length of digits, or
 * one Transfer-Encoding that is {@code chunked} and nothing else.
 */
final class Framing {
    /** More digits than any length in use; fewer than overflow a long. */
    private static final int MAX_DIGITS = 18;

    private int lengths;
    private long length;
    private int codings;
    private boolean chunkedOnly;
    private boolean chunkedLast;

    void clear() {
        lengths = 0;
        length = 0;
        codings = 0;
        chunkedOnly = true;
        chunkedLast = false;
    }

    void contentLength(byte[] bytes, int from, int to) {
        lengths++;
        length = digits(bytes, from, to);
    }

    private static long digits(byte[] bytes, int from, int to) {
        if (from == to || to - from > MAX_DIGITS) {
            return -1;
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (!Bytes.isDigit(bytes[i])) {
                return -1;
            }
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    void transferEncoding(byte[] bytes, int from, int to) {
        codings++;
        chunkedOnly &= Bytes.equalsIgnoreCase(bytes, from, to, "chunked");
        chunkedLast = chunkedOnly || endsWithChunked(bytes, from, to);
    }

    /** A list of other codings with "chunked" once, at its end: well-formed, though we decode none of them. */
    private static boolean endsWithChunked(byte[] bytes, int from, int to) {
        String[] elements = Bytes.text(bytes, from, to).split("[ \t]*,[ \t]*", -1);
        for (int i = 0; i < elements.length - 1; i++) {
            if (elements[i].isEmpty() || elements[i].equalsIgnoreCase("chunked")) {
                return false;
            }
        }
        return elements[elements.length - 1].equalsIgnoreCase("chunked");
    }

    @Nullable
    Refusal judge(int minor, long maxBody) {
        if (codings > 0) {
            return judgeCoding(minor);
        }
        if (lengths > 1) {
            return Refusal.badRequest("There is more than one Content-Length field.");
        }
        if (length < 0) {
            return Refusal.badRequest("The Content-Length field is not a number of up to 18 digits.");
        }
        return length > maxBody ? new Refusal(413, "The request's body is larger than " + maxBody + " bytes.") : null;
    }

    private @Nullable Refusal judgeCoding(int minor) {
        if (lengths > 0) {
            return Refusal.badRequest("There are both a Content-Length and a Transfer-Encoding field.");
        }
        if (minor == 0) {
            return Refusal.badRequest("Transfer-Encoding is not part of HTTP/1.0.");
        }
        if (codings > 1) {
            return Refusal.badRequest("There is more than one Transfer-Encoding field.");
        }
        if (chunkedOnly) {
            return null;
        }
        return chunkedLast
                ? new Refusal(501, "No transfer coding but chunked is known here.")
                : Refusal.badRequest("The last transfer coding is not chunked.");
    }

    boolean isChunked() {
        return codings > 0;
    }

    /** The length announced; 0 when there is no body. */
    long length() {
        return length;
    }
}
