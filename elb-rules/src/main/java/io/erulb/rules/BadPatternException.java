package io.erulb.rules;

import org.jspecify.annotations.Nullable;

/** A pattern that can't be compiled; never leaves the package. */
final class BadPatternException extends Exception {
    private static final long serialVersionUID = 1L;

    BadPatternException(String reason, @Nullable Throwable cause) {
        super(reason, cause);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
