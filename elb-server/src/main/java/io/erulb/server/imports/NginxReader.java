package io.erulb.server.imports;

import io.erulb.server.imports.NginxStatement.End;
import java.util.ArrayList;
import java.util.List;

/**
 * Takes a configuration of nginx apart, by nginx's own rules (ngx_conf_read_token): quotes, comments and closing braces
 * count where a word begins; a word goes to the next blank, semicolon or opening brace, which in <code>${</code> is part of
 * it. For one thread.
 */
final class NginxReader {
    private static final String BLANKS = " \t\r\n";
    private static final String ENDS = ";{}";
    private static final String ESCAPED = "\"'\\trn";
    private static final String MEANT = "\"'\\\t\r\n";

    private final Cursor in;

    NginxReader(Cursor in) {
        this.in = in;
    }

    /**
     * The next statement; at the end one of {@link End#FILE}.
     *
     * @throws UnreadableException where nginx would not go on, with the line
     */
    NginxStatement next() throws UnreadableException {
        List<String> words = new ArrayList<>();
        skipBlanks();
        int begin = in.line();
        while (!in.atEnd() && !in.isAtOneOf(ENDS)) {
            words.add(word());
            skipBlanks();
        }
        End end = end();
        boolean wordless = end == End.CLOSE || end == End.FILE;
        if (!words.isEmpty() && wordless) {
            throw new UnreadableException("line " + begin + ": " + words.get(0) + " ends without a semicolon");
        }
        if (words.isEmpty() && !wordless) {
            throw new UnreadableException("line " + begin + ": a semicolon or brace without a directive before it");
        }
        return new NginxStatement(List.copyOf(words), begin, end);
    }

    private void skipBlanks() {
        while (in.isAtOneOf(BLANKS + '#')) {
            if (in.peek() == '#') {
                in.skipLine();
            } else {
                in.take();
            }
        }
    }

    private End end() {
        if (in.atEnd()) {
            return End.FILE;
        }
        char c = in.take();
        return c == ';' ? End.SEMICOLON : c == '{' ? End.OPEN : End.CLOSE;
    }

    private String word() throws UnreadableException {
        return in.isAtOneOf("\"'") ? quoted() : plain();
    }

    private String quoted() throws UnreadableException {
        int begin = in.line();
        char quote = in.take();
        StringBuilder word = new StringBuilder();
        while (!in.atEnd()) {
            char c = in.take();
            if (c == quote) {
                return word.toString();
            }
            add(c, word);
        }
        throw new UnreadableException("line " + begin + ": a quote is opened and not closed");
    }

    private String plain() {
        StringBuilder word = new StringBuilder();
        boolean variable = false;
        while (!in.atEnd() && !in.isAtOneOf(variable ? BLANKS + ';' : BLANKS + ";{")) {
            char c = in.take();
            variable = c == '$' || (c == '{' && variable);
            add(c, word);
        }
        return word.toString();
    }

    /** Adds a character, or what a backslash makes of the next one. */
    private void add(char c, StringBuilder word) {
        if (c != '\\' || in.atEnd()) {
            word.append(c);
            return;
        }
        char next = in.take();
        int escape = ESCAPED.indexOf(next);
        if (escape < 0) {
            word.append(c).append(next);
        } else {
            word.append(MEANT.charAt(escape));
        }
    }
}
