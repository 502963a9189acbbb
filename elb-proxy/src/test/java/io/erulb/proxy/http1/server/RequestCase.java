package io.erulb.proxy.http1.server;

/**
 * Bytes of one request, and what must come of them.
 *
 * @param id names the case
 * @param section of RFC 9112, or another RFC where it says so
 * @param bytes as Latin-1
 * @param status the answer's
 * @param seen what the handler sees, as {@link RecordingHandler.Seen#toString} has it; null when nothing may reach it
 */
record RequestCase(String id, String section, String bytes, int status, String seen) {
    @Override
    public String toString() {
        return id + " (" + section + ")";
    }
}
