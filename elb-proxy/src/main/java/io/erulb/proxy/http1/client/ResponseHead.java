package io.erulb.proxy.http1.client;

import io.erulb.proxy.http1.BadMessageException;
import io.erulb.proxy.http1.Bytes;
import io.erulb.proxy.http1.FieldLines;
import io.erulb.proxy.http1.HopByHop;
import io.erulb.proxy.http1.NameCache;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The head of one answer, parsed strictly (RFC 9112 4, 5, 6) but not yet turned into objects: offsets into the bytes as
 * they came. One object serves one I/O thread, and is valid only during the call it is handed to.
 */
public final class ResponseHead implements FieldLines {
    /** How a body ends. */
    public enum Framing {
        /** There is none. */
        NONE,
        /** After {@link ResponseHead#length()} bytes. */
        LENGTH,
        /** With the last chunk. */
        CHUNKED,
        /** With the connection. */
        UNTIL_CLOSE
    }

    static final int MAX_FIELDS = 256;

    private final NameCache names;
    private byte[] bytes = new byte[0];

    /** Four offsets a field: name from, name to, value from, value to. */
    private int[] offsets = new int[4 * 32];

    private HttpString[] fieldNames = new HttpString[32];
    private boolean[] dropped = new boolean[32];
    private int fields;
    private int status;
    private int minorVersion;
    private long length;
    private boolean chunked;
    private boolean close;
    private boolean keepAlive;
    private int idleSeconds;
    private @Nullable String upgrade;

    ResponseHead(NameCache names) {
        this.names = names;
    }

    /** The status code, 100 to 999. */
    public int status() {
        return status;
    }

    /** The version the server answered with: 1 of HTTP/1.1, 0 of HTTP/1.0. */
    public int minorVersion() {
        return minorVersion;
    }

    /** The protocol a 101 switches to, or null when the answer names none or does not say {@code Connection: upgrade}. */
    public @Nullable String upgrade() {
        return upgrade;
    }

    /** The length of the body with {@link Framing#LENGTH}. */
    public long length() {
        return length;
    }

    /** How the body of this answer ends (RFC 9112 6.3), given whether the request was HEAD. */
    public Framing framing(boolean headRequest) {
        if (headRequest || status < 200 || status == 204 || status == 304) {
            return Framing.NONE;
        }
        if (chunked) {
            return Framing.CHUNKED;
        }
        if (length < 0) {
            return Framing.UNTIL_CLOSE;
        }
        return length == 0 ? Framing.NONE : Framing.LENGTH;
    }

    /** Whether the server keeps the connection open after this answer (RFC 9112 9.3). */
    boolean persistent() {
        return !close && (minorVersion == 1 || keepAlive);
    }

    /** After how many idle seconds the server says it closes ({@code Keep-Alive: timeout}), -1 when it doesn't. */
    int idleSeconds() {
        return idleSeconds;
    }

    /** Adds the end-to-end fields to a map; those that end at this hop are left out (RFC 9110 7.6.1). */
    @SuppressWarnings("deprecation") // The cheapest way from Latin-1 bytes to a String.
    public void copyTo(HeaderMap target) {
        for (int i = 0; i < fields; i++) {
            if (!dropped[i]) {
                int from = offsets[4 * i + 2];
                target.add(fieldNames[i], new String(bytes, 0, from, offsets[4 * i + 3] - from));
            }
        }
    }

    @Override
    public int maxBytes() {
        return fields == 0 ? 0 : offsets[4 * fields - 1] - offsets[0] + 2;
    }

    /** Copies the end-to-end fields; those that end at this hop are left out. */
    @Override
    public int copyTo(byte[] target, int offset) {
        int at = offset;
        for (int i = 0; i < fields; i++) {
            if (!dropped[i]) {
                int from = offsets[4 * i];
                int length = offsets[4 * i + 3] - from;
                System.arraycopy(bytes, from, target, at, length);
                at += length;
                target[at++] = '\r';
                target[at++] = '\n';
            }
        }
        return at;
    }

    @Override
    public boolean hasDate() {
        for (int i = 0; i < fields; i++) {
            if (!dropped[i] && fieldNames[i].equals(Headers.DATE)) {
                return true;
            }
        }
        return false;
    }

    void begin(byte[] head, int statusCode, int minor) {
        bytes = head;
        status = statusCode;
        minorVersion = minor;
        fields = 0;
        length = -1;
        chunked = false;
        close = false;
        keepAlive = false;
        idleSeconds = -1;
        upgrade = null;
    }

    void field(int nameFrom, int nameTo, int valueFrom, int valueTo) throws BadMessageException {
        if (fields == MAX_FIELDS) {
            throw new BadMessageException("more than " + MAX_FIELDS + " header fields");
        }
        if (fields == dropped.length) {
            grow();
        }
        int at = 4 * fields;
        offsets[at] = nameFrom;
        offsets[at + 1] = nameTo;
        offsets[at + 2] = valueFrom;
        offsets[at + 3] = valueTo;
        fieldNames[fields] = names.get(bytes, nameFrom, nameTo);
        dropped[fields] = HopByHop.isHopByHop(fieldNames[fields]);
        fields++;
    }

    private void grow() {
        int size = dropped.length * 2;
        offsets = Arrays.copyOf(offsets, 4 * size);
        fieldNames = Arrays.copyOf(fieldNames, size);
        dropped = Arrays.copyOf(dropped, size);
    }

    /** Reads what the fields together say of framing and connection; refuses what can be read in two ways. */
    void end() throws BadMessageException {
        boolean upgrading = false;
        for (int i = 0; i < fields; i++) {
            HttpString name = fieldNames[i];
            if (name.equals(Headers.CONTENT_LENGTH)) {
                contentLength(i);
            } else if (dropped[i]) {
                if (name.equals(Headers.TRANSFER_ENCODING)) {
                    transferEncoding(i);
                } else if (name.equals(Headers.CONNECTION)) {
                    upgrading |= connection(i);
                } else if (name.equals(Headers.UPGRADE)) {
                    upgrade = value(i);
                } else if (name.equals(Headers.KEEP_ALIVE)) {
                    idleSeconds = HopByHop.timeout(value(i));
                }
            }
        }
        if (!upgrading) {
            upgrade = null;
        }
        if (chunked && length >= 0) {
            throw new BadMessageException("both Content-Length and Transfer-Encoding");
        }
    }

    private void contentLength(int field) throws BadMessageException {
        long value = digits(offsets[4 * field + 2], offsets[4 * field + 3]);
        if (length >= 0 && length != value) {
            throw new BadMessageException("Content-Length twice, with different values");
        }
        // Neither 1xx nor 204 may have one (RFC 9110 8.6).
        dropped[field] = length >= 0 || status < 200 || status == 204;
        length = value;
    }

    private long digits(int from, int to) throws BadMessageException {
        if (from == to || to - from > 18) {
            throw new BadMessageException("Content-Length is not a number of at most 18 digits");
        }
        long value = 0;
        for (int i = from; i < to; i++) {
            if (bytes[i] < '0' || bytes[i] > '9') {
                throw new BadMessageException("Content-Length is not a number");
            }
            value = value * 10 + bytes[i] - '0';
        }
        return value;
    }

    private void transferEncoding(int field) throws BadMessageException {
        if (!valueIs(field, "chunked") || chunked || minorVersion == 0) {
            throw new BadMessageException("Transfer-Encoding other than one chunked in HTTP/1.1");
        }
        chunked = true;
    }

    private boolean connection(int field) {
        if (valueIs(field, "keep-alive")) {
            keepAlive = true;
            return false;
        }
        boolean upgrading = false;
        for (String token : HopByHop.tokens(value(field))) {
            if (token.equalsIgnoreCase("close")) {
                close = true;
            } else if (token.equalsIgnoreCase("keep-alive")) {
                keepAlive = true;
            } else if (token.equalsIgnoreCase("upgrade")) {
                upgrading = true;
            } else {
                drop(token);
            }
        }
        return upgrading;
    }

    private void drop(String name) {
        for (int i = 0; i < fields; i++) {
            if (fieldNames[i].equalToString(name) && !fieldNames[i].equals(Headers.CONTENT_LENGTH)) {
                dropped[i] = true;
            }
        }
    }

    private boolean valueIs(int field, String word) {
        return Bytes.equalsIgnoreCase(bytes, offsets[4 * field + 2], offsets[4 * field + 3], word);
    }

    private String value(int field) {
        int from = offsets[4 * field + 2];
        return new String(bytes, from, offsets[4 * field + 3] - from, StandardCharsets.ISO_8859_1);
    }
}
