package io.erulb.rules.drawing;

/** Elements of XML one after the other. Any text may be in attributes and between tags. For one document. */
final class Markup {
    private final StringBuilder text = new StringBuilder();

    /** Opens an element. Attributes are names and values in turn; a number has one decimal at most. */
    Markup open(String name, Object... attributes) {
        tag(name, attributes);
        text.append('>');
        return this;
    }

    /** An element without content. */
    Markup empty(String name, Object... attributes) {
        tag(name, attributes);
        text.append("/>\n");
        return this;
    }

    /** An element of text. */
    Markup text(String name, String content, Object... attributes) {
        return open(name, attributes).content(content).close(name);
    }

    Markup content(String content) {
        text.append(escaped(content));
        return this;
    }

    /** Ends an element, and the line unless that would be a blank within a text. */
    Markup close(String name) {
        text.append("</").append(name).append(name.equals("tspan") ? ">" : ">\n");
        return this;
    }

    private void tag(String name, Object... attributes) {
        text.append('<').append(name);
        for (int at = 0; at < attributes.length; at += 2) {
            text.append(' ').append(attributes[at]).append("=\"");
            Object value = attributes[at + 1];
            text.append(value instanceof Double number ? number(number) : escaped(value.toString()));
            text.append('"');
        }
    }

    /** With one decimal, or none when that is 0. */
    static String number(double value) {
        long tenths = Math.round(Math.abs(value) * 10);
        String sign = value < 0 && tenths > 0 ? "-" : "";
        return sign + tenths / 10 + (tenths % 10 == 0 ? "" : "." + tenths % 10);
    }

    /** What XML 1.0 cannot have, such as most control characters, becomes U+FFFD. */
    private static String escaped(String content) {
        StringBuilder escaped = new StringBuilder();
        content.codePoints().forEach(code -> {
            switch (code) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\t', '\n', '\r' -> escaped.append("&#").append(code).append(';');
                default -> escaped.appendCodePoint(allowed(code) ? code : 0xFFFD);
            }
        });
        return escaped.toString();
    }

    private static boolean allowed(int code) {
        return code >= 0x20 && (code < 0xD800 || code > 0xDFFF) && code != 0xFFFE && code != 0xFFFF;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
