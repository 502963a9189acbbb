package io.erulb.server.imports;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Reads text that is no larger than it may be. */
final class BoundedText {
    /** As large as a body that the admin API takes. */
    private static final int MOST_BYTES = 64 << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private BoundedText() {}

    /** Reads a stream to its end. */
    static byte[] bytes(InputStream stream) throws IOException, UnreadableException {
        byte[] bytes = stream.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new UnreadableException("it is too large (expected: at most " + (MOST_BYTES >> 20) + " MiB)");
        }
        return bytes;
    }

    /** The text without its byte order mark, or null when it is not UTF-8. */
    static @Nullable String utf8(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        } catch (CharacterCodingException other) {
            return null;
        }
    }
}
