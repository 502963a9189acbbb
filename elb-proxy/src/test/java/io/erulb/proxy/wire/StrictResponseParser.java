package io.erulb.proxy.wire;

import io.erulb.proxy.wire.WireResponse.End;
import java.io.IOException;
import java.io.InputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads answers as RFC 9112 has them and nothing else, each with regard to the request it answers. A body that does not
 * end as announced is not malformed but incomplete. Written apart from the parsers under test. Used by one thread.
 */
public final class StrictResponseParser {
    private static final Pattern LINE =
            Pattern.compile("HTTP/1\\.([01]) ([1-9][0-9]{2}) ([^\\x00-\\x08\\x0a-\\x1f\\x7f]*)");

    private final WireReader in;
    private @Nullable WireResponse begun;

    /** What of a request its answer depends on: whether it was HEAD, and the minor version of its client. */
    public record Asked(boolean head, int minor) {
        /** A GET, POST or the like of HTTP/1.1. */
        public static final Asked PLAIN = new Asked(false, 1);

        /** A HEAD of HTTP/1.1. */
        public static final Asked HEAD = new Asked(true, 1);

        /** A GET, POST or the like of HTTP/1.0. */
        public static final Asked OLD = new Asked(false, 0);
    }

    /** A parser of all answers of one connection. */
    public StrictResponseParser(InputStream in) {
        this.in = new WireReader(in);
    }

    /**
     * Reads the next answer, be it an interim one (status 1xx) before the final one to the same request.
     *
     * @return null when the stream ended behind the answer before
     * @throws MalformedException when the bytes are no answer to that request
     * @throws CutException when the stream ended in the middle of a head
     */
    public @Nullable WireResponse next(Asked asked) throws IOException {
        in.begin();
        begun = null;
        if (in.isAtEnd()) {
            return null;
        }
        String text = in.line();
        Matcher line = LINE.matcher(text);
        if (!line.matches()) {
            throw new MalformedException("no status line: " + text);
        }
        int status = Integer.parseInt(line.group(2));
        WireFields fields = StrictBody.fields(in);
        boolean chunked = StrictBody.isChunked(fields);
        long length = StrictBody.length(fields);
        int minor = line.group(1).charAt(0) - '0';
        if (chunked && minor == 0) {
            throw new MalformedException("Transfer-Encoding in HTTP/1.0");
        }
        judge(status, asked, chunked, length);
        End end = end(status, asked, chunked, length);
        return body(new WireResponse(status, line.group(3), minor, fields, "", end, true), length);
    }

    /** The final answer to a request, whatever interim ones come before. */
    public @Nullable WireResponse finalAnswer(Asked asked) throws IOException {
        WireResponse answer = next(asked);
        while (answer != null && answer.status() < 200 && answer.status() != 101) {
            answer = next(asked);
        }
        return answer;
    }

    private static void judge(int status, Asked asked, boolean chunked, long length) throws MalformedException {
        boolean bare = status < 200 || status == 204;
        if (bare && (chunked || length >= 0)) {
            throw new MalformedException("framing in an answer " + status);
        }
        if (chunked && asked.minor() == 0) {
            throw new MalformedException("chunks for an HTTP/1.0 client");
        }
        if (status < 200 && asked.minor() == 0) {
            throw new MalformedException("an answer " + status + " for an HTTP/1.0 client");
        }
    }

    private static End end(int status, Asked asked, boolean chunked, long length) {
        if (asked.head() || status < 200 || status == 204 || status == 304) {
            return End.NONE;
        }
        if (chunked) {
            return End.CHUNKED;
        }
        return length < 0 ? End.CLOSE : End.LENGTH;
    }

    private WireResponse body(WireResponse head, long length) throws IOException {
        StrictBody body = new StrictBody(in);
        boolean whole = true;
        try {
            switch (head.end()) {
                case NONE -> {}
                case LENGTH -> body.fixed(length);
                case CHUNKED -> body.chunks();
                case CLOSE -> whole = body.untilClose();
            }
        } catch (CutException cut) {
            whole = false;
        } catch (MalformedException malformed) {
            begun = head.withBody(body.data(), false);
            throw malformed;
        }
        return head.withBody(body.data(), whole);
    }

    /** The answer whose body turned out malformed, up to there; null when not even its head was well-formed. */
    public @Nullable WireResponse begun() {
        return begun;
    }

    /** All that still comes, as Latin-1: of a protocol that was switched to, or what ought not to come. */
    public String rest() throws IOException {
        StrictBody rest = new StrictBody(in);
        rest.untilClose();
        return rest.data();
    }

    /** How many bytes were read, of all messages. */
    public long position() {
        return in.position();
    }

    /** Whether bytes behind the answer read last are there already; does not wait. */
    public boolean hasMore() throws IOException {
        return in.hasMore();
    }

    /** Reads exactly so many bytes of a protocol that was switched to, as Latin-1. */
    public String bytes(int count) throws IOException {
        StrictBody bytes = new StrictBody(in);
        bytes.fixed(count);
        return bytes.data();
    }

    /** What was read of the present answer, well-formed or not, as Latin-1. */
    public String raw() {
        return in.message();
    }
}
