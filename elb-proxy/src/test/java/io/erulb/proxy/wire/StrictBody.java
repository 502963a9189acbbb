package io.erulb.proxy.wire;

import io.erulb.proxy.wire.WireFields.WireField;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What requests and answers have in common: field lines, lengths, chunks (RFC 9112 5, 6, 7). */
final class StrictBody {
    static final String TOKEN = "[!#$%&'*+\\-.^_`|~0-9A-Za-z]+";

    private static final Pattern FIELD = Pattern.compile("(" + TOKEN
            + "):[ \\t]*((?:[^\\x00-\\x20\\x7f](?:[^\\x00-\\x08\\x0a-\\x1f\\x7f]*" + "[^\\x00-\\x20\\x7f])?)?)[ \\t]*");
    private static final Pattern LENGTH = Pattern.compile("[0-9]{1,18}");
    private static final String QUOTED =
            "\"(?:[\\t !\\x23-\\x5b\\x5d-\\x7e\\x80-\\xff]|\\\\[\\t \\x21-\\x7e\\x80-\\xff])*\"";
    private static final Pattern CHUNK = Pattern.compile("([0-9A-Fa-f]{1,16})((?:[ \\t]*;[ \\t]*" + TOKEN
            + "(?:[ \\t]*=[ \\t]*(?:" + TOKEN + "|" + QUOTED + "))?)*)");

    private final WireReader in;
    private final ByteArrayOutputStream data = new ByteArrayOutputStream();

    StrictBody(WireReader in) {
        this.in = in;
    }

    /** Reads field lines up to the empty one. */
    static WireFields fields(WireReader in) throws IOException {
        List<WireField> fields = new ArrayList<>();
        String line = in.line();
        while (!line.isEmpty()) {
            Matcher field = FIELD.matcher(line);
            if (!field.matches()) {
                throw new MalformedException("no field line: " + line);
            }
            fields.add(new WireField(field.group(1), field.group(2)));
            line = in.line();
        }
        return new WireFields(fields);
    }

    /** Whether the fields say that the body is chunked; refuses other codings, doubled ones and both framings. */
    static boolean isChunked(WireFields fields) throws MalformedException {
        List<String> codings = fields.all("Transfer-Encoding");
        if (codings.isEmpty()) {
            return false;
        }
        if (codings.size() > 1 || !codings.get(0).equalsIgnoreCase("chunked")) {
            throw new MalformedException("Transfer-Encoding " + codings);
        }
        if (fields.has("Content-Length")) {
            throw new MalformedException("both Transfer-Encoding and Content-Length");
        }
        return true;
    }

    /** What the one Content-Length says, -1 when there is none. */
    static long length(WireFields fields) throws MalformedException {
        List<String> lengths = fields.all("Content-Length");
        if (lengths.isEmpty()) {
            return -1;
        }
        if (lengths.size() > 1 || !LENGTH.matcher(lengths.get(0)).matches()) {
            throw new MalformedException("Content-Length " + lengths);
        }
        return Long.parseLong(lengths.get(0));
    }

    /** The data read so far, be it cut. */
    String data() {
        return data.toString(StandardCharsets.ISO_8859_1);
    }

    void fixed(long length) throws IOException {
        in.bytes(length, data);
    }

    /** Reads to the end of the stream; false when the stream broke instead. */
    boolean untilClose() throws IOException {
        return in.rest(data);
    }

    /** Reads chunks, and the trailers behind them. */
    WireFields chunks() throws IOException {
        long size = chunkSize();
        while (size > 0) {
            in.bytes(size, data);
            if (in.read() != '\r' || in.read() != '\n') {
                throw new MalformedException("no CRLF behind a chunk's data");
            }
            size = chunkSize();
        }
        return fields(in);
    }

    private long chunkSize() throws IOException {
        String line = in.line();
        Matcher chunk = CHUNK.matcher(line);
        if (!chunk.matches()) {
            throw new MalformedException("no chunk size: " + line);
        }
        try {
            return Long.parseLong(chunk.group(1), 16);
        } catch (NumberFormatException e) {
            throw new MalformedException("a chunk size beyond a long: " + line);
        }
    }
}
