package io.erulb.server.imports;

/**
 * Skips the Lua that OpenResty has in blocks named {@code ..._by_lua_block}: to nginx's rules it would be nonsense. Braces
 * in Lua's strings and comments don't count. For one thread.
 */
final class LuaBlock {
    private static final String NAME_END = "_by_lua_block";

    private final Cursor in;

    private LuaBlock(Cursor in) {
        this.in = in;
    }

    /** Whether what follows the brace of this statement is Lua. */
    static boolean begins(NginxStatement statement) {
        return statement.end() == NginxStatement.End.OPEN && statement.name().endsWith(NAME_END);
    }

    /** Moves from behind a block's opening brace to behind its closing one. */
    static void skip(Cursor in) throws UnreadableException {
        new LuaBlock(in).skip();
    }

    private void skip() throws UnreadableException {
        int begin = in.line();
        int depth = 1;
        while (depth > 0) {
            if (in.atEnd()) {
                throw new UnreadableException("line " + begin + ": a block of Lua is opened and not closed");
            }
            char c = in.take();
            depth += c == '{' ? 1 : c == '}' ? -1 : 0;
            skipText(c);
        }
    }

    /** Skips the string or comment that a character begins, if it does. */
    private void skipText(char c) {
        if (c == '"' || c == '\'') {
            skipString(c);
        } else if (c == '[') {
            skipLong();
        } else if (c == '-' && in.isAtOneOf("-")) {
            in.take();
            skipComment();
        }
    }

    private void skipString(char quote) {
        while (!in.atEnd()) {
            char c = in.take();
            if (c == quote) {
                return;
            }
            if (c == '\\' && !in.atEnd()) {
                in.take();
            }
        }
    }

    private void skipComment() {
        if (in.isAtOneOf("[")) {
            in.take();
            if (skipLong()) {
                return;
            }
        }
        in.skipLine();
    }

    /** Behind a bracket: skips the rest of {@code [[...]]} or {@code [=[...]=]}, and tells whether it was one. */
    private boolean skipLong() {
        StringBuilder close = new StringBuilder("]");
        while (in.isAtOneOf("=")) {
            close.append(in.take());
        }
        boolean opened = in.isAtOneOf("[");
        if (opened) {
            in.take();
            in.skipBehind(close.append(']').toString());
        }
        return opened;
    }
}
