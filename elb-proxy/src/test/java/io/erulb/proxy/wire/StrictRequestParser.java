package io.erulb.proxy.wire;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests as RFC 9112 has them and nothing else: CRLF line ends, token names, no folding, one Host, one length or
 * one {@code chunked}. Written apart from the parsers under test, so that it can judge them. Used by one thread.
 *
 * <p>It knowingly takes more than RFC 3986 in one place: a target may hold every visible ASCII character but {@code #}
 * and {@code \}, and bytes above, as the proxy passes on what browsers send.
 */
public final class StrictRequestParser {
    private static final Pattern LINE = Pattern.compile("(" + StrictBody.TOKEN + ") ([^ ]+) HTTP/1\\.([01])");
    private static final Pattern PATH = Pattern.compile("/[\\x21\\x22\\x24-\\x5b\\x5d-\\x7e\\x80-\\xff]*");
    private static final String ESCAPED = "%[0-9A-Fa-f]{2}";
    private static final String NAME = "(?:[A-Za-z0-9\\-._~!$&'()*+,;=]|" + ESCAPED + ")";
    private static final String AUTHORITY = "(?:\\[[0-9A-Fa-f:.]{2,45}\\]|" + NAME + "+)(?::[0-9]{0,5})?";
    private static final Pattern HOST = Pattern.compile(AUTHORITY);
    private static final Pattern ABSOLUTE =
            Pattern.compile("(?i:https?)://" + AUTHORITY + "(?:[/?][\\x21\\x22\\x24-\\x5b\\x5d-\\x7e\\x80-\\xff]*)?");

    private final WireReader in;

    /** A parser of all requests of one connection. */
    public StrictRequestParser(InputStream in) {
        this.in = new WireReader(in);
    }

    /**
     * Reads the next request.
     *
     * @return null when the stream ended behind the request before
     * @throws MalformedException when the bytes are no request
     * @throws CutException when the stream ended in the middle of one
     */
    public @Nullable WireRequest next() throws IOException {
        WireRequest head = head();
        return head == null ? null : body(head);
    }

    /** Reads the next head, of a request whose {@link #body} is to be read next. */
    public @Nullable WireRequest head() throws IOException {
        in.begin();
        if (in.isAtEnd()) {
            return null;
        }
        String text = in.line();
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new MalformedException("no request line: " + text);
        }
        WireFields fields = StrictBody.fields(in);
        WireRequest head = new WireRequest(
                line.group(1), line.group(2), line.group(3).charAt(0) - '0', fields, "", new WireFields(List.of()));
        judge(head);
        return head;
    }

    private static void judge(WireRequest head) throws MalformedException {
        if (!isTarget(head.method(), head.target())) {
            throw new MalformedException("no target for " + head.method() + ": " + head.target());
        }
        List<String> hosts = head.fields().all("Host");
        boolean missing = hosts.isEmpty() && head.minor() == 1;
        if (missing || hosts.size() > 1 || !hosts.stream().allMatch(StrictRequestParser::isHost)) {
            throw new MalformedException("Host " + hosts);
        }
        boolean chunked = StrictBody.isChunked(head.fields());
        if (chunked && head.minor() == 0) {
            throw new MalformedException("Transfer-Encoding in HTTP/1.0");
        }
        StrictBody.length(head.fields());
    }

    private static boolean isTarget(String method, String target) {
        return switch (method) {
            case "CONNECT" -> HOST.matcher(target).matches() && target.matches(".*:[0-9]+");
            case "OPTIONS" -> target.equals("*") || isPathOrUri(target);
            default -> isPathOrUri(target);
        };
    }

    private static boolean isPathOrUri(String target) {
        return PATH.matcher(target).matches() || ABSOLUTE.matcher(target).matches();
    }

    /** Empty for a target without an authority, as one of an HTTP/1.0 client may be (RFC 9110 7.2). */
    private static boolean isHost(String value) {
        return value.isEmpty() || HOST.matcher(value).matches();
    }

    /** Reads the body of a request whose head was read; returns the whole request. */
    public WireRequest body(WireRequest head) throws IOException {
        StrictBody body = new StrictBody(in);
        if (StrictBody.isChunked(head.fields())) {
            WireFields trailers = body.chunks();
            return head.withBody(body.data(), trailers);
        }
        body.fixed(Math.max(0, StrictBody.length(head.fields())));
        return head.withBody(body.data(), head.trailers());
    }

    /** How many bytes were read, of all messages. */
    public long position() {
        return in.position();
    }

    /** Whether bytes behind the message read last are there already; does not wait. */
    public boolean hasMore() throws IOException {
        return in.hasMore();
    }

    /** Reads exactly so many bytes of a protocol that was switched to, as Latin-1. */
    public String bytes(int count) throws IOException {
        StrictBody bytes = new StrictBody(in);
        bytes.fixed(count);
        return bytes.data();
    }

    /** Whether the stream ended; waits for a byte when there is none. */
    public boolean isAtEnd() throws IOException {
        return in.isAtEnd();
    }

    /** What was read of the present message, well-formed or not, as Latin-1. */
    public String raw() {
        return in.message();
    }
}
