package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.Bytes;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a request's head from bytes, strictly: one SP between the parts of the request line, CRLF line ends, no blank
 * before a colon, no folding, no controls (RFC 9112 2.2, 3, 5). It fills a {@link RequestHead} and allocates nothing.
 * One object serves one I/O thread.
 */
final class HeadParser {
    /** More bytes are needed to tell. */
    static final int INCOMPLETE = -1;

    /** No continuation can make it a head; {@link RequestHead#refusal} says why. */
    static final int REFUSED = -2;

    private static final Set<String> STANDARD_METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");
    private static final int VERSION_LENGTH = "HTTP/1.1".length();

    private final Http1Limits limits;
    private final RequestHead head;
    private final byte[] bytes;
    private int limit;

    HeadParser(Http1Limits limits, RequestHead head) {
        this.limits = limits;
        this.head = head;
        this.bytes = head.bytes;
    }

    /**
     * Parses the head that begins the first bytes of {@link RequestHead#bytes}.
     *
     * @param available how many bytes are there
     * @return the offset behind the head, {@link #INCOMPLETE} or {@link #REFUSED}
     */
    int parse(int available) {
        limit = available;
        head.clear();
        int at = skipEmptyLine();
        if (at >= 0) {
            at = requestLine(at);
        }
        while (at >= 0 && !isAtEnd(at)) {
            at = field(at);
        }
        if (at >= 0) {
            at = lineEnd(at);
        }
        if (at == INCOMPLETE && available == limits.head().bytes()) {
            return refuse(new Refusal(431, "The request's head is larger than " + available + " bytes."));
        }
        return at < 0 ? at : judged(at);
    }

    private int judged(int end) {
        Refusal wrong = head.judge(limits.maxBody());
        return wrong == null ? end : refuse(wrong);
    }

    private int refuse(Refusal why) {
        head.refuse(why);
        return REFUSED;
    }

    private int refuse(String sentence) {
        return refuse(Refusal.badRequest(sentence));
    }

    /** One CRLF may come before the request line (RFC 9112 2.2). */
    private int skipEmptyLine() {
        return limit > 0 && bytes[0] == '\r' ? lineEnd(0) : 0;
    }

    private boolean isAtEnd(int at) {
        return at < limit && bytes[at] == '\r';
    }

    private int lineEnd(int at) {
        if (at >= limit || (bytes[at] == '\r' && at + 1 >= limit)) {
            return INCOMPLETE;
        }
        if (bytes[at] != '\r' || bytes[at + 1] != '\n') {
            return refuse("A line of the head holds a control character or does not end with CRLF.");
        }
        return at + 2;
    }

    private int requestLine(int from) {
        int at = method(from);
        if (at >= 0) {
            at = target(at);
        }
        return at < 0 ? at : version(at);
    }

    private int method(int from) {
        int at = from;
        while (at < limit && Bytes.isToken(bytes[at])) {
            at++;
        }
        if (at >= limit) {
            return INCOMPLETE;
        }
        if (at == from || bytes[at] != ' ') {
            return refuse("The request line does not begin with a method and one space.");
        }
        head.methodFrom = from;
        head.methodTo = at;
        return at + 1;
    }

    private int target(int from) {
        int at = from;
        while (at < limit && Bytes.isTarget(bytes[at])) {
            at++;
        }
        if (at - from > limits.head().target()) {
            return refuse(new Refusal(
                    414, "The target is longer than " + limits.head().target() + " bytes."));
        }
        if (at >= limit) {
            return INCOMPLETE;
        }
        if (at == from || bytes[at] != ' ') {
            return refuse("The request line is not a method, a target and a version with one space between.");
        }
        return at + 1;
    }

    private int version(int from) {
        if (limit - from < VERSION_LENGTH) {
            return INCOMPLETE;
        }
        boolean wellFormed = bytes[from] == 'H'
                && bytes[from + 1] == 'T'
                && bytes[from + 2] == 'T'
                && bytes[from + 3] == 'P'
                && bytes[from + 4] == '/'
                && Bytes.isDigit(bytes[from + 5])
                && bytes[from + 6] == '.'
                && Bytes.isDigit(bytes[from + 7]);
        if (!wellFormed) {
            return refuse("The request line does not end with an HTTP version.");
        }
        int end = lineEnd(from + VERSION_LENGTH);
        return end < 0 ? end : requestLineRead(from, end);
    }

    private int requestLineRead(int version, int end) {
        if (bytes[version + 5] != '1') {
            return refuse(new Refusal(505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."));
        }
        head.minor = bytes[version + 7] - '0';
        if (head.minor > 1) {
            return refuse("There is no such version of HTTP/1.");
        }
        Refusal wrong = judgeMethod();
        if (wrong == null) {
            wrong = head.target.take(head, head.methodTo + 1, version - 1);
        }
        return wrong == null ? end : refuse(wrong);
    }

    /** A standard method in other letters is another method (RFC 9110 9.1) that many take for the standard one. */
    private @Nullable Refusal judgeMethod() {
        if (head.isMethod("CONNECT")) {
            return new Refusal(405, "CONNECT is not served here.");
        }
        for (int i = head.methodFrom; i < head.methodTo; i++) {
            if (bytes[i] >= 'a' && bytes[i] <= 'z') {
                String method = Bytes.text(bytes, head.methodFrom, head.methodTo);
                return STANDARD_METHODS.contains(method.toUpperCase(Locale.ROOT))
                        ? Refusal.badRequest("The method is not written in capitals.")
                        : null;
            }
        }
        return null;
    }

    private int field(int from) {
        int colon = from;
        while (colon < limit && Bytes.isToken(bytes[colon])) {
            colon++;
        }
        if (colon >= limit) {
            return INCOMPLETE;
        }
        if (colon == from || bytes[colon] != ':') {
            return refuse(
                    Bytes.isBlank(bytes[from])
                            ? "A field is folded into a second line."
                            : "A field's name is malformed or not followed by a colon.");
        }
        return value(from, colon);
    }

    private int value(int nameFrom, int colon) {
        int valueFrom = colon + 1;
        while (valueFrom < limit && Bytes.isBlank(bytes[valueFrom])) {
            valueFrom++;
        }
        int at = valueFrom;
        while (at < limit && Bytes.isValue(bytes[at])) {
            at++;
        }
        int end = lineEnd(at);
        if (end < 0) {
            return end;
        }
        while (at > valueFrom && Bytes.isBlank(bytes[at - 1])) {
            at--;
        }
        if (head.isFull()) {
            return refuse(new Refusal(
                    431, "The request has more than " + limits.head().fields() + " fields."));
        }
        head.add(nameFrom, colon, valueFrom, at);
        return end;
    }
}
