package io.erulb.proxy.fuzz;

import io.erulb.proxy.wire.StrictResponseParser.Asked;
import java.util.ArrayList;
import java.util.List;

/** What a client's bytes are, read strictly: whole requests, then the end, a cut one or none at all. */
final class SentRequests {
    private final List<ReadRequest> requests = new ArrayList<>();
    private final boolean clean;
    private final int length;
    private int whole;

    private SentRequests(byte[] bytes) {
        length = bytes.length;
        int at = 0;
        boolean more = true;
        while (at < bytes.length && more) {
            ReadRequest request = new ReadRequest(bytes, at);
            requests.add(request);
            at = request.end();
            whole += request.isWhole() ? 1 : 0;
            // Behind a request that ends the connection, bytes are nothing to anybody.
            more = request.isWhole() && request.isPersistent();
        }
        clean = requests.size() == whole;
    }

    static SentRequests read(byte[] bytes) {
        return new SentRequests(bytes);
    }

    /** Requests whose answers the client may expect. */
    int whole() {
        return whole;
    }

    /** The same, and one more when the head of another is whole. */
    int begun() {
        return clean || !requests.get(whole).isHeadWhole() ? whole : whole + 1;
    }

    /** Whether nothing but whole requests was sent. */
    boolean isClean() {
        return clean;
    }

    boolean isLastPersistent() {
        return whole > 0 && requests.get(whole - 1).isPersistent();
    }

    /** A request that was begun. */
    ReadRequest get(int number) {
        return requests.get(number);
    }

    /** Whether it is one that the proxy may answer as the server it was sent to (RFC 9110 9.3.7). */
    boolean isOptions(int number) {
        return number < begun() && requests.get(number).isOptions();
    }

    /** Whether the client sent more behind a request, wanted or not. */
    boolean hasMoreBehind(int number) {
        return number >= requests.size() || requests.get(number).end() < length;
    }

    /** What an answer of this number depends on. */
    Asked asked(int number) {
        if (number >= begun()) {
            return Asked.PLAIN;
        }
        ReadRequest request = requests.get(number);
        return new Asked(request.isHead(), request.isHttp11() ? 1 : 0);
    }

    @Override
    public String toString() {
        return whole + " requests" + (clean ? "" : ", then " + requests.get(whole));
    }
}
