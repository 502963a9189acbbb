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
 * @param toStore whether to write to the store first ({@code ?to=store})
 * @param force whether an upstream may go from the store that rules still name ({@code ?force=true})
 * @param ifMatch the tags of which one must be in force (RFC 9110 section 13.1.1), null for any state
 */
record WriteOptions(
        boolean dryRun,
        boolean toStore,
        boolean force,
        @Nullable List<String> ifMatch) {
    static final WriteOptions NONE = new WriteOptions(false, false, false, null);

    /**
     * Reads them from a request.
     *
     * @throws Refusal with a parameter that is not known: it must not be taken for a plain write
     */
    static WriteOptions read(HttpServerExchange exchange) {
        Parameters parameters = new Parameters(new TreeMap<>(exchange.getQueryParameters()));
        boolean dryRun = parameters.take("dry-run", "false", "true").equals("true");
        boolean toStore = parameters.take("to", "memory", "store").equals("store");
        boolean force = parameters.take("force", "false", "true").equals("true");
        parameters.refuseRest();
        return new WriteOptions(
                dryRun, toStore, force, tags(exchange.getRequestHeaders().get(Headers.IF_MATCH)));
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

    /** Those of a request that were not looked at yet. */
    private record Parameters(Map<String, Deque<String>> left) {

        /** One of two values; the usual one when the parameter is not there. */
        String take(String name, String usual, String other) {
            Deque<String> values = left.remove(name);
            if (values == null) {
                return usual;
            }
            String value = String.join(",", values);
            if (!value.equals(usual) && !value.equals(other)) {
                throw Refusal.badRequest(
                        "?" + name + "=" + value + " (expected: " + other + " or " + usual + "), so nothing was done");
            }
            return value;
        }

        void refuseRest() {
            left.keySet().stream().findFirst().ifPresent(name -> {
                throw Refusal.badRequest("?" + name + " is no parameter of this call, so nothing was done");
            });
        }
    }
}
