package io.erulb.admin;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a write is to be done. Immutable.
 *
 * @param dryRun whether to tell what would be done, and do nothing ({@code ?dry-run=true})
 * @param ifMatch the tags of which one must be in force (RFC 9110 section 13.1.1), null for any state
 */
record WriteOptions(boolean dryRun, @Nullable List<String> ifMatch) {
    static final WriteOptions NONE = new WriteOptions(false, null);
    private static final String DRY_RUN = "dry-run";

    /**
     * Reads them from a request.
     *
     * @throws Refusal with a parameter that is not known: it must not be taken for a plain write
     */
    static WriteOptions read(HttpServerExchange exchange) {
        Map<String, Deque<String>> parameters = new TreeMap<>(exchange.getQueryParameters());
        Deque<String> dryRun = parameters.remove(DRY_RUN);
        parameters.keySet().stream().findFirst().ifPresent(name -> {
            throw Refusal.badRequest("?" + name + " is no parameter of this call, so nothing was done");
        });
        return new WriteOptions(
                dryRun != null && flag(dryRun),
                tags(exchange.getRequestHeaders().get(Headers.IF_MATCH)));
    }

    private static boolean flag(Deque<String> values) {
        String value = values.size() == 1 ? values.getFirst() : String.join(",", values);
        if (!value.equals("true") && !value.equals("false")) {
            throw Refusal.badRequest("?" + DRY_RUN + "=" + value + " (expected: true or false), so nothing was done");
        }
        return value.equals("true");
    }

    private static @Nullable List<String> tags(@Nullable HeaderValues fields) {
        return fields == null
                ? null
                : fields.stream()
                        .flatMap(field -> Stream.of(field.split(",", -1)))
                        .map(String::strip)
                        .toList();
    }

    /** Whether a resource with this tag is what the writer expects; a weak tag never is. */
    boolean matches(String tag) {
        return ifMatch == null || ifMatch.contains("*") || ifMatch.contains(tag);
    }
}
