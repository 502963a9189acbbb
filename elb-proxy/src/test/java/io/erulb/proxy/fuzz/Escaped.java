package io.erulb.proxy.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bytes as a Java string literal shows them. */
final class Escaped {
    /** What generated bodies and targets are made of. */
    private static final Pattern REPEATED = Pattern.compile("(<[^<>]{1,12}>|x)\\1{5,}");

    private Escaped() {}

    static String text(byte[] bytes) {
        return '"' + escaped(folded(new String(bytes, StandardCharsets.ISO_8859_1))) + '"';
    }

    private static String folded(String text) {
        return REPEATED.matcher(text)
                .replaceAll(run -> Matcher.quoteReplacement(run.group(1) + "{and "
                        + (run.group().length() / run.group(1).length() - 1) + " more}"));
    }

    private static String escaped(String text) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '\r' -> escaped.append("\\r");
                case '\n' -> escaped.append("\\n");
                case '"' -> escaped.append("\\\"");
                case '\\' -> escaped.append("\\\\");
                default -> escaped.append(c >= 0x20 && c < 0x7f ? "" + c : String.format("\\u%04x", (int) c));
            }
        }
        return escaped.toString();
    }
}
