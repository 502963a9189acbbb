package io.erulb.rules.analysis;

/** A pattern that is valid, but whose texts are not known here: word boundaries, Unicode classes and the like. */
final class UnreadablePatternException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadablePatternException() {
        super("unreadable", null, false, false);
    }
}
