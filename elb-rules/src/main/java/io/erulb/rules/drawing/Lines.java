package io.erulb.rules.drawing;

import io.erulb.rules.drawing.Picture.Box;
import io.erulb.rules.drawing.Picture.Kind;

/** Names and arguments as lines of text. */
final class Lines {
    private static final String CUT = "\u2026";

    private Lines() {}

    static String title(Box box) {
        return box.kind() == Kind.DEAD_END ? "403" : box.rule() + ": " + box.type();
    }

    /** Without control characters, which would end the line or are no text. */
    static String one(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** Cut so that it takes no more room than so many usual characters. */
    static String cut(String text, double most) {
        if (room(text) <= most) {
            return text;
        }
        int end = 0;
        double room = 1;
        while (end < text.length() && room + room(text.codePointAt(end)) <= most) {
            room += room(text.codePointAt(end));
            end += Character.charCount(text.codePointAt(end));
        }
        return text.substring(0, end) + CUT;
    }

    /** How much room a text takes, in usual characters: those of East Asia are twice as wide. */
    static double room(String text) {
        return text.codePoints().mapToDouble(Lines::room).sum();
    }

    private static double room(int codePoint) {
        return codePoint < 0x1100 ? 1 : 2;
    }
}
