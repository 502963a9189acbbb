package io.erulb.proxy.fuzz;

import io.erulb.proxy.wire.CutException;
import io.erulb.proxy.wire.MalformedException;
import io.erulb.proxy.wire.StrictRequestParser;
import io.erulb.proxy.wire.WireRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;

/** A request that a client sent, well-formed or not, as far as its bytes tell: whole, cut or malformed. */
final class ReadRequest {
    private static final int REMEMBERED = 64 * 1024;

    private WireRequest request;
    private boolean whole;
    private String malformed = "";
    private final int end;

    /** Reads the request that begins at an offset, behind an empty line maybe (RFC 9112 2.2). */
    ReadRequest(byte[] bytes, int from) {
        boolean empty = from + 1 < bytes.length && bytes[from] == '\r' && bytes[from + 1] == '\n';
        int start = empty ? from + 2 : from;
        StrictRequestParser parser =
                new StrictRequestParser(new ByteArrayInputStream(bytes, start, bytes.length - start));
        try {
            request = parser.head();
            if (request != null) {
                request = parser.body(request);
                whole = true;
            }
        } catch (CutException cut) {
            // Neither whole nor malformed.
        } catch (MalformedException e) {
            malformed = Objects.requireNonNull(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end = start + (int) parser.position();
    }

    boolean isWhole() {
        return whole;
    }

    boolean isHeadWhole() {
        return request != null;
    }

    /** The offset behind it. */
    int end() {
        return end;
    }

    boolean isHead() {
        return request != null && request.method().equals("HEAD");
    }

    boolean isOptions() {
        return request != null && request.method().equals("OPTIONS");
    }

    boolean isHttp11() {
        return request.minor() == 1;
    }

    /** Whether the proxy sends it again to a server after it was lost: it may, and remembers all of its body. */
    boolean isSentAgain() {
        return Requests.isRepeatable(request) && request.body().length() <= REMEMBERED;
    }

    boolean isPersistent() {
        return Fields.isPersistent(request.fields(), request.minor());
    }

    /** Whether the head of a request that came to a server is the one of this. */
    boolean isForwardedAs(WireRequest received) {
        return Requests.areSameHead(request, received);
    }

    /** Whether this is a whole request with the same body. */
    boolean isWholeAs(WireRequest received) {
        return whole && request.body().equals(received.body());
    }

    @Override
    public String toString() {
        String state = whole ? "whole" : malformed.isEmpty() ? "cut" : "malformed (" + malformed + ")";
        return request == null ? state : state + ' ' + request.method() + ' ' + request.target();
    }
}
