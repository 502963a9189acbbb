package io.erulb.proxy.http1.server;

import io.erulb.proxy.http1.Bytes;
import io.erulb.proxy.http1.FieldLines;
import io.undertow.util.HttpString;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Bytes of an answer's head while it is being written; grows as needed. Confined to one thread. */
final class HeadBytes {
    private byte[] bytes = new byte[2048];
    private int length;

    void clear() {
        length = 0;
    }

    int length() {
        return length;
    }

    void put(byte[] more) {
        reserve(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
    }

    void put(ByteBuffer more) {
        int n = more.remaining();
        reserve(n);
        more.get(bytes, length, n);
        length += n;
    }

    void put(FieldLines lines) {
        reserve(lines.maxBytes());
        length = lines.copyTo(bytes, length);
    }

    @SuppressWarnings("deprecation") // The one way to get a Latin-1 string's bytes without a copy.
    void put(String text) {
        int more = text.length();
        reserve(more);
        text.getBytes(0, more, bytes, length);
        length += more;
    }

    /** Puts a field, or nothing at all where its name or value would not be one (RFC 9110 5.1, 5.5). */
    void putField(HttpString name, String value) {
        int start = length;
        int nameLength = name.length();
        reserve(nameLength + 2);
        name.copyTo(bytes, start);
        length = start + nameLength;
        boolean good = nameLength > 0 && isToken(start);
        bytes[length++] = ':';
        bytes[length++] = ' ';
        int valueFrom = length;
        put(value);
        good = good && isValue(valueFrom);
        if (good) {
            putLineEnd();
        } else {
            length = start;
        }
    }

    private boolean isToken(int from) {
        for (int i = from; i < length; i++) {
            if (!Bytes.isToken(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    private boolean isValue(int from) {
        for (int i = from; i < length; i++) {
            if (!Bytes.isValue(bytes[i])) {
                return false;
            }
        }
        return true;
    }

    void putLineEnd() {
        reserve(2);
        bytes[length++] = '\r';
        bytes[length++] = '\n';
    }

    private void reserve(int more) {
        if (bytes.length - length < more) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, length + more));
        }
    }

    /** Moves the bytes into a buffer, or wraps them when it has no room for them. */
    ByteBuffer flipInto(ByteBuffer buffer) {
        if (length > buffer.capacity()) {
            return ByteBuffer.wrap(bytes, 0, length);
        }
        return buffer.clear().put(bytes, 0, length).flip();
    }
}
