package io.erulb.rules;

import io.erulb.rules.Decision.Forward;
import io.erulb.rules.Decision.Redirect;
import io.erulb.rules.Decision.Reject;
import io.erulb.rules.Decision.Respond;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a test expects; null where it does not care. Immutable.
 *
 * @param backend the upstream's name
 * @param status of an answer that is given without an upstream
 * @param location of a redirect
 * @param path that is sent to the upstream, in normal form
 * @param way through the rules, as {@link Explanation#path} has it
 */
record Expectation(
        @Nullable String backend,
        @Nullable Integer status,
        @Nullable String location,
        @Nullable String path,
        @Nullable String way) {
    boolean isEmpty() {
        return backend == null && status == null && location == null && path == null && way == null;
    }

    /** Whether a decision about a request is as expected; the way aside. */
    boolean holds(RequestView request, Decision decision) {
        return fits(backend, backend(decision))
                && fits(status, status(decision))
                && fits(location, decision instanceof Redirect redirect ? redirect.location() : null)
                && fits(path, decision instanceof Forward forward ? path(request, forward) : null);
    }

    private static boolean fits(@Nullable Object expected, @Nullable Object found) {
        return expected == null || expected.equals(found);
    }

    private static @Nullable String backend(Decision decision) {
        return decision instanceof Forward forward ? forward.upstream() : null;
    }

    private static @Nullable Integer status(Decision decision) {
        if (decision instanceof Redirect redirect) {
            return redirect.status();
        }
        if (decision instanceof Respond respond) {
            return respond.status();
        }
        return decision instanceof Reject reject ? reject.status() : null;
    }

    private static String path(RequestView request, Forward forward) {
        String rewritten = forward.path();
        return rewritten == null ? request.path() : rewritten;
    }

    /** In words: {@code backend blog, path /a}. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        add(parts, "backend ", backend);
        add(parts, "status ", status);
        add(parts, "location ", location);
        add(parts, "path ", path == null ? null : UriPath.encode(path));
        add(parts, "path ", way);
        return String.join(", ", parts);
    }

    private static void add(List<String> parts, String what, @Nullable Object expected) {
        if (expected != null) {
            parts.add(what + expected);
        }
    }
}
