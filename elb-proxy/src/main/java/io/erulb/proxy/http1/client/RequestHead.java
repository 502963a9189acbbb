package io.erulb.proxy.http1.client;

import io.erulb.proxy.http1.Bytes;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Writes the head of a request as bytes, into one buffer that grows and is used again. Confined to one thread. Texts are
 * written as Latin-1, the way they were read; the server side has refused CR, LF and NUL in them.
 */
public final class RequestHead {
    private static final byte[] VERSION = " HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);

    private byte[] bytes = new byte[4096];
    private int length;
    private ByteBuffer out = ByteBuffer.allocateDirect(bytes.length);

    /** Starts a request: method and target. */
    public RequestHead begin(HttpString method, String target) {
        length = 0;
        name(method);
        put((byte) ' ');
        text(target);
        raw(VERSION);
        return this;
    }

    /** Writes one field. */
    public RequestHead field(HttpString name, String value) {
        name(name);
        put((byte) ':');
        put((byte) ' ');
        text(value);
        return lineEnd();
    }

    /**
     * Writes one field whose value does not stem from a request that was read: as UTF-8, and with a blank in the place of
     * each control character, so that it cannot end the line.
     */
    public RequestHead field(String name, String value) {
        text(name);
        put((byte) ':');
        put((byte) ' ');
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            put(Bytes.isValue(b) ? b : (byte) ' ');
        }
        return lineEnd();
    }

    /** Which fields are passed on. */
    @FunctionalInterface
    public interface Passes {
        /** Whether the fields of this name are passed on. */
        boolean test(HttpString name);
    }

    /** Writes the fields of a map that pass. */
    public RequestHead fields(HeaderMap fields, Passes passes) {
        for (long cookie = fields.fastIterateNonEmpty(); cookie != -1L; cookie = fields.fiNextNonEmpty(cookie)) {
            HeaderValues values = fields.fiCurrent(cookie);
            HttpString name = values.getHeaderName();
            if (passes.test(name)) {
                for (int i = 0; i < values.size(); i++) {
                    field(name, values.get(i));
                }
            }
        }
        return this;
    }

    /** Ends the head; the bytes stand in a buffer that lasts until the next request on this thread begins. */
    public ByteBuffer end() {
        lineEnd();
        if (out.capacity() < length) {
            out = ByteBuffer.allocateDirect(bytes.length);
        }
        return out.clear().put(bytes, 0, length).flip();
    }

    /** A head that was made before, in the buffer that {@link #end} answers. */
    public ByteBuffer again(byte[] head) {
        if (out.capacity() < head.length) {
            out = ByteBuffer.allocateDirect(head.length);
        }
        return out.clear().put(head).flip();
    }

    private void name(HttpString name) {
        int size = name.length();
        room(size);
        name.copyTo(bytes, length);
        length += size;
    }

    @SuppressWarnings("deprecation") // The one way from a Latin-1 String to bytes without an allocation.
    private void text(String text) {
        int size = text.length();
        room(size);
        text.getBytes(0, size, bytes, length);
        length += size;
    }

    private void raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    private void put(byte b) {
        room(1);
        bytes[length++] = b;
    }

    private RequestHead lineEnd() {
        room(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
        return this;
    }

    private void room(int more) {
        if (length + more > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }
}
