package io.erulb.server.accesslog;

import static java.util.Objects.requireNonNull;

import io.undertow.util.HttpString;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the lines of an access log are like. Immutable, safe for use by many threads. */
public abstract sealed class LineFormat permits JsonLines, PatternLines {
    LineFormat() {}

    /**
     * A JSON object a line.
     *
     * @param headers of requests whose values are among its members, beside User-Agent and Referer
     */
    public static LineFormat json(List<String> headers) {
        return new JsonLines(headers);
    }

    /** Lines as web servers write them to be read by most programs, nginx's {@code combined}. */
    public static LineFormat combined() {
        return requireNonNull(pattern(PatternLines.COMBINED));
    }

    /**
     * Lines of a pattern such as {@code $remote_addr "$request" $status}.
     *
     * @return null when it has a control character, or a variable that is not known
     */
    public static @Nullable LineFormat pattern(String pattern) {
        return PatternLines.parse(pattern);
    }

    /** The names that may stand in a pattern behind {@code $}, but for {@code http_NAME}, in alphabetical order. */
    public static List<String> variables() {
        return List.copyOf(new TreeSet<>(Variable.BY_NAME.keySet()));
    }

    /** The fields of a request that lines need, in the order in which an entry has their values. */
    abstract List<HttpString> headers();

    /** Writes an entry, without the end of its line. */
    abstract void write(Entry entry, StringBuilder line);
}
