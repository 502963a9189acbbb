package io.erulb.rules;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Percent escapes (RFC 3986 section 2.1): decoded to UTF-8 text, or to Latin-1 where the bytes are no UTF-8. */
final class PercentCoding {
    private static final String HEX = "0123456789ABCDEF";

    private PercentCoding() {}

    /** The decoded text; null when an escape is broken. */
    static @Nullable String decode(String text) {
        return decode(text, false);
    }

    /** The decoded text; a broken escape stands for itself. */
    static String decodeLeniently(String text) {
        String decoded = decode(text, true);
        return decoded == null ? text : decoded;
    }

    static void appendEscaped(StringBuilder out, byte value) {
        out.append('%').append(HEX.charAt((value >> 4) & 0xf)).append(HEX.charAt(value & 0xf));
    }

    private static @Nullable String decode(String text, boolean lenient) {
        boolean wide = text.chars().anyMatch(c -> c > 0xff);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            int escaped = text.charAt(i) == '%' ? escapedAt(text, i) : -1;
            if (escaped >= 0) {
                bytes.write(escaped);
                i += 2;
            } else if (text.charAt(i) == '%' && !lenient) {
                return null;
            } else {
                i += writeChar(bytes, text, i, wide);
            }
        }
        return text(bytes.toByteArray());
    }

    private static int escapedAt(String text, int percent) {
        if (percent + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(asciiAt(text, percent + 1), 16);
        int low = Character.digit(asciiAt(text, percent + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }

    private static char asciiAt(String text, int index) {
        char c = text.charAt(index);
        return c < 0x80 ? c : ' ';
    }

    /** Writes one character, returns how many more chars it took. Text from the wire holds one byte in each char. */
    private static int writeChar(ByteArrayOutputStream bytes, String text, int at, boolean wide) {
        char c = text.charAt(at);
        if (!wide || c < 0x80) {
            bytes.write(c);
            return 0;
        }
        int point = text.codePointAt(at);
        bytes.writeBytes(Character.toString(point).getBytes(StandardCharsets.UTF_8));
        return Character.charCount(point) - 1;
    }

    private static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(bytes, StandardCharsets.ISO_8859_1);
        }
    }
}
