package io.erulb.proxy.http1.server;

import io.undertow.util.StatusCodes;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The first line of an answer. Lines of usual codes are made once; a race makes one twice, to no harm. */
final class StatusLine {
    private static final byte[] @Nullable [] LINES = new byte[1000][];

    private StatusLine() {}

    /** The line with its CRLF; not to be written to. */
    static byte[] bytes(int status) {
        byte[] line = LINES[status];
        if (line == null) {
            line = text(status).getBytes(StandardCharsets.US_ASCII);
            LINES[status] = line;
        }
        return line;
    }

    /** The line with its CRLF. */
    static String text(int status) {
        return text(status, status == 103 ? "Early Hints" : StatusCodes.getReason(status));
    }

    /** The line with its CRLF and a reason of one's own, which must not hold controls. */
    static String text(int status, String reason) {
        String code = String.valueOf(1000 + status).substring(1);
        return "HTTP/1.1 " + code + ' ' + reason + "\r\n";
    }
}
