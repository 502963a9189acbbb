package io.erulb.proxy.wire;

/**
 * Bytes that a client sends and bytes that a server answers with, and what may come of them on both sides.
 *
 * @param id names the case
 * @param section of RFC 9112, or another RFC where it says so
 * @param fault the class of faults that it is there to find
 * @param request what the client sends, as Latin-1; a request for {@code /probe} comes behind it unless it is cut
 * @param answer what the server answers, as Latin-1, and how it ends
 * @param expected what may come of it
 */
record WireCase(String id, String section, FaultClass fault, String request, Answer answer, Expected expected) {

    /** A server's answer and what it does behind it. */
    record Answer(String bytes, Then then) {
        /** A plain 200 without anything special. */
        static final Answer PLAIN = new Answer("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfine", Then.SERVE);

        /** What a server does behind its answer. */
        enum Then {
            /** Reads the next request. */
            SERVE,
            /** Closes the connection. */
            CLOSE,
            /** Resets the connection. */
            RESET
        }
    }

    /** Whether the client ends its direction in the middle of its request. */
    boolean isCut() {
        return expected instanceof Expected.Cut;
    }

    StrictResponseParser.Asked asked() {
        String line = request.strip().split("\r\n", 2)[0];
        return new StrictResponseParser.Asked(line.startsWith("HEAD "), line.endsWith("HTTP/1.0") ? 0 : 1);
    }

    @Override
    public String toString() {
        return id + " (" + section + ")";
    }
}
