package io.erulb.server.imports;

import java.util.List;

/**
 * What stands in a configuration of nginx up to a semicolon or a brace. Immutable.
 *
 * @param words the directive's name and arguments, without quotes; none before a closing brace and at the end
 * @param line the line it begins on, from 1
 * @param end what comes behind the words
 */
record NginxStatement(List<String> words, int line, End end) {

    /** What a statement ends with. */
    enum End {
        /** A semicolon. */
        SEMICOLON,
        /** An opening brace: a block follows. */
        OPEN,
        /** A closing brace. */
        CLOSE,
        /** The end of the file. */
        FILE
    }

    /** The directive's name. */
    String name() {
        return words.get(0);
    }
}
