package io.erulb.admin;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.erulb.rules.RequestFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as the access log tells it in a line of JSON. Immutable.
 *
 * @param method as sent
 * @param origin scheme and host, such as {@code http://t.local}
 * @param target the path with its query as it was sent, or another form of target
 * @param client the address of who sent it
 * @param headers those of its fields that were logged, and Host
 * @param domain the one that took it, or null when none did
 * @param version of the table in force then, 0 where there was no domain
 * @param revision of the store then, 0 where there was no domain
 * @param path the way it took; empty where there was no domain
 * @param cut whether the line has not the whole of a value
 */
public record LoggedRequest(
        String method,
        String origin,
        String target,
        String client,
        Map<String, String> headers,
        @Nullable String domain,
        long version,
        long revision,
        String path,
        boolean cut) {
    private static final String TARGET = "target";

    /** Keeps a copy of the headers. */
    public LoggedRequest {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * Reads a line.
     *
     * @throws IllegalArgumentException when it is no line of an access log
     */
    public static LoggedRequest parse(String line) {
        try {
            return read(line);
        } catch (Refusal refusal) {
            throw new IllegalArgumentException(refusal.getMessage(), refusal);
        }
    }

    /** Reads a line, and refuses as the API does. */
    static LoggedRequest read(String line) {
        List<LoggedRequest> read = new ArrayList<>();
        StrictJson.read(line, in -> read.add(read(in)));
        return read.get(0);
    }

    /** Whether a text, which is a JSON object, is such a line rather than a request to be explained. */
    static boolean isLine(String object) {
        boolean[] found = {false};
        StrictJson.read(
                object,
                in -> StrictJson.members(in, doubled -> {}, name -> {
                    found[0] |= name.equals(TARGET);
                    in.skipValue();
                }));
        return found[0];
    }

    private static LoggedRequest read(JsonReader in) throws IOException {
        if (in.peek() != JsonToken.BEGIN_OBJECT) {
            throw Refusal.wrongBody(StrictJson.shown(in), "a line of the access log in JSON");
        }
        Members members = new Members();
        StrictJson.members(in, doubled -> {}, name -> members.read(in, name));
        return members.line();
    }

    /**
     * The request, as far as the line tells of it.
     *
     * @throws IllegalArgumentException when no rules can see such a request, as one whose path has no normal form
     */
    public RequestFacts request() {
        if (!target.startsWith("/")) {
            throw new IllegalArgumentException("target: " + target + " (expected: a path)");
        }
        RequestFacts request = RequestFacts.of(method, origin + target).withClient(client);
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.withHeader(header.getKey(), header.getValue());
        }
        return request;
    }

    /** What a line has, but for what nothing is made of. */
    private static final class Members {
        private final Map<String, String> texts = new HashMap<>();
        private final Map<String, String> headers = new LinkedHashMap<>();
        private long version;
        private long revision;
        private boolean cut;

        void read(JsonReader in, String name) throws IOException {
            switch (name) {
                case "client", "method", "scheme", "host", TARGET, "domain", "path" -> texts.put(name, text(in, name));
                case "user_agent" -> headers.put("User-Agent", text(in, name));
                case "referer" -> headers.put("Referer", text(in, name));
                case "headers" -> headers(in);
                case "version" -> version = number(in, name);
                case "revision" -> revision = number(in, name);
                case "cut" -> {
                    cut = true;
                    in.skipValue();
                }
                default -> in.skipValue();
            }
        }

        private void headers(JsonReader in) throws IOException {
            if (in.peek() != JsonToken.BEGIN_OBJECT) {
                throw wrong(in, "headers", "an object of strings");
            }
            StrictJson.members(in, doubled -> {}, name -> headers.put(name, text(in, "headers." + name)));
        }

        private static String text(JsonReader in, String name) throws IOException {
            if (in.peek() != JsonToken.STRING) {
                throw wrong(in, name, "a string");
            }
            return in.nextString();
        }

        private static long number(JsonReader in, String name) throws IOException {
            String number = in.peek() == JsonToken.NUMBER ? in.nextString() : "";
            if (!number.matches("-?[0-9]{1,18}")) {
                throw number.isEmpty()
                        ? wrong(in, name, "a whole number")
                        : Refusal.badRequest("\"" + name + "\" is " + number + " (expected: a whole number)");
            }
            return Long.parseLong(number);
        }

        private static Refusal wrong(JsonReader in, String name, String expected) throws IOException {
            return Refusal.badRequest("\"" + name + "\" is " + StrictJson.shown(in) + " (expected: " + expected + ")");
        }

        LoggedRequest line() {
            String host = texts.getOrDefault("host", "");
            if (!host.isEmpty()) {
                headers.put("Host", host);
            }
            return new LoggedRequest(
                    needed("method"),
                    needed("scheme") + "://" + host,
                    needed(TARGET),
                    needed("client"),
                    headers,
                    texts.get("domain"),
                    version,
                    revision,
                    texts.getOrDefault("path", ""),
                    cut);
        }

        private String needed(String name) {
            String text = texts.get(name);
            if (text == null) {
                throw Refusal.badRequest("a line has no \"" + name + "\" (expected: one of the access log in JSON)");
            }
            return text;
        }
    }
}
