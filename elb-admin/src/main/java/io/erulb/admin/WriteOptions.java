package io.erulb.admin;

import io.erulb.routing.ChangeAuthor;
import io.erulb.routing.PastChange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
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
 * @param fleetWait how long to wait until every instance has it in force ({@code ?wait=all&timeout=5s}), null not to wait
 * @param maxMoved how much of the requests of late it may move ({@code ?max-moved=5%}), null for any
 * @param author who writes, and why ({@code X-Change-Message})
 * @param ifMatch the tags of which one must be in force (RFC 9110 section 13.1.1), null for any state
 */
record WriteOptions(
        boolean dryRun,
        boolean toStore,
        boolean force,
        @Nullable Duration fleetWait,
        @Nullable MaxMoved maxMoved,
        ChangeAuthor author,
        @Nullable List<String> ifMatch) {
    static final WriteOptions NONE = new WriteOptions(false, false, false, null, null, new ChangeAuthor("", ""), null);
    private static final HttpString MESSAGE = new HttpString("X-Change-Message");
    private static final int LONGEST_MESSAGE = 500;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(60);

    /**
     * Reads them from a request.
     *
     * @param caller who asks
     * @throws Refusal with a parameter that is not known: it must not be taken for a plain write
     */
    static WriteOptions read(HeaderMap headers, Map<String, Deque<String>> query, String caller) {
        Parameters parameters = new Parameters(new TreeMap<>(query));
        boolean dryRun = parameters.take("dry-run", "false", "true").equals("true");
        boolean toStore = parameters.take("to", "memory", "store").equals("store");
        boolean force = parameters.take("force", "false", "true").equals("true");
        Duration wait = parameters.take("wait", "self", "all").equals("all") ? parameters.timeout() : null;
        MaxMoved maxMoved = parameters.maxMoved();
        parameters.refuseRest();
        ChangeAuthor author = new ChangeAuthor(caller, message(headers.getFirst(MESSAGE)));
        return new WriteOptions(dryRun, toStore, force, wait, maxMoved, author, tags(headers.get(Headers.IF_MATCH)));
    }

    private static @Nullable List<String> tags(@Nullable HeaderValues fields) {
        return fields == null
                ? null
                : fields.stream()
                        .flatMap(field -> Stream.of(field.split(",", -1)))
                        .map(String::strip)
                        .toList();
    }

    /** A field has the bytes of its text, of which Undertow makes a character each. */
    private static String message(@Nullable String field) {
        String text = field == null
                ? ""
                : new String(field.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8).strip();
        if (text.length() > LONGEST_MESSAGE) {
            throw Refusal.badRequest("X-Change-Message has " + text.length() + " characters (expected: at most "
                    + LONGEST_MESSAGE + "), so nothing was done");
        }
        return text;
    }

    /** The same for taking back a change: where that was made, and with a message. */
    WriteOptions takingBack(PastChange change) {
        String message = author.message().isEmpty() ? "rollback of " + change.id() : author.message();
        return new WriteOptions(
                dryRun,
                toStore || change.stored(),
                force,
                fleetWait,
                maxMoved,
                new ChangeAuthor(author.by(), message),
                ifMatch);
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

        @Nullable
        MaxMoved maxMoved() {
            Deque<String> values = left.remove("max-moved");
            if (values == null) {
                return null;
            }
            String value = String.join(",", values);
            MaxMoved most = MaxMoved.parse(value);
            if (most == null) {
                throw Refusal.badRequest(
                        "?max-moved=" + value + " (expected: " + MaxMoved.EXPECTED + "), so nothing was done");
            }
            return most;
        }

        Duration timeout() {
            Deque<String> values = left.remove("timeout");
            if (values == null) {
                return USUAL_TIMEOUT;
            }
            String value = String.join(",", values);
            if (!value.matches("[1-9][0-9]{0,4}(ms|s)")) {
                throw badTimeout(value);
            }
            Duration timeout = value.endsWith("ms")
                    ? Duration.ofMillis(Long.parseLong(value.substring(0, value.length() - 2)))
                    : Duration.ofSeconds(Long.parseLong(value.substring(0, value.length() - 1)));
            if (timeout.compareTo(LONGEST_TIMEOUT) > 0) {
                throw badTimeout(value);
            }
            return timeout;
        }

        private static Refusal badTimeout(String value) {
            return Refusal.badRequest("?timeout=" + value + " (expected: such as 500ms or 5s, at most "
                    + LONGEST_TIMEOUT.toSeconds() + "s), so nothing was done");
        }

        void refuseRest() {
            left.keySet().stream().findFirst().ifPresent(name -> {
                throw Refusal.badRequest("?" + name + " is no parameter of this call, so nothing was done");
            });
        }
    }
}
