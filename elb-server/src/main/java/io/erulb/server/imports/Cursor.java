package io.erulb.server.imports;

/** A place in a text that moves forward and counts lines. For one thread. */
final class Cursor {
    private final String text;
    private int at;
    private int line = 1;

    Cursor(String text) {
        this.text = text;
    }

    boolean atEnd() {
        return at == text.length();
    }

    /** The line, from 1. */
    int line() {
        return line;
    }

    /** The next character, which must be there. */
    char peek() {
        return text.charAt(at);
    }

    /** The next character, which must be there; moves behind it. */
    char take() {
        char c = text.charAt(at++);
        if (c == '\n') {
            line++;
        }
        return c;
    }

    /** Whether the next character is there and one of these. */
    boolean isAtOneOf(String characters) {
        return !atEnd() && characters.indexOf(peek()) >= 0;
    }

    /** Moves to the end of the line. */
    void skipLine() {
        while (!atEnd() && peek() != '\n') {
            take();
        }
    }

    /** Moves behind the next occurrence of a text, or to the end when there is none. */
    void skipBehind(String end) {
        int found = text.indexOf(end, at);
        int behind = found < 0 ? text.length() : found + end.length();
        while (at < behind) {
            take();
        }
    }
}
