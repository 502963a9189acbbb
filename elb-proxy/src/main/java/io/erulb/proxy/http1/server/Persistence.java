package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.Bytes;

/** Whether the client wants its connection kept open after the answer (RFC 9112 9.3). */
final class Persistence {
    private boolean close;
    private boolean keepAlive;

    void clear() {
        close = false;
        keepAlive = false;
    }

    /** Takes one Connection field into account. */
    void add(byte[] bytes, int from, int to) {
        int start = from;
        while (start < to) {
            int end = start;
            while (end < to && bytes[end] != ',') {
                end++;
            }
            option(bytes, start, end);
            start = end + 1;
        }
    }

    private void option(byte[] bytes, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Bytes.isBlank(bytes[start])) {
            start++;
        }
        while (end > start && Bytes.isBlank(bytes[end - 1])) {
            end--;
        }
        close |= Bytes.equalsIgnoreCase(bytes, start, end, "close");
        keepAlive |= Bytes.equalsIgnoreCase(bytes, start, end, "keep-alive");
    }

    boolean isPersistent(int minor) {
        return !close && (minor > 0 || keepAlive);
    }
}
