package io.erulb.admin;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.erulb.rules.RequestFacts;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The requests that are to be explained.
 *
 * @param several whether they came as a list, or as lines
 */
record ExplainBody(List<Asked> requests, boolean several) {
    private static final String EXPECTED =
            "{\"url\":\"http://t.local/blog\"}, with \"method\", \"headers\" and \"client\" where they matter,"
                    + " a line of the access log, or several of these";

    /** Each answer has all steps of a way. */
    private static final int MOST_REQUESTS = 1_000;

    private static final int MOST_FIELDS = 1_000;

    /**
     * One of them.
     *
     * @param logged the line of the access log that it is made of; null where it is not
     */
    record Asked(RequestFacts request, @Nullable LoggedRequest logged) {}

    /**
     * Reads a body.
     *
     * @throws Refusal when it is anything else
     */
    static ExplainBody read(AdminRequest request) {
        ExplainBody body = all(request);
        if (body.requests.size() > MOST_REQUESTS) {
            throw Refusal.badRequest(
                    body.requests.size() + " requests (expected: at most " + MOST_REQUESTS + " at a time)");
        }
        return body;
    }

    private static ExplainBody all(AdminRequest request) {
        String text = request.text(EXPECTED);
        List<String> lines = text.lines().filter(line -> !line.isBlank()).toList();
        if (lines.size() > 1 && StrictJson.isJson(lines.get(0))) {
            return new ExplainBody(
                    lines.stream().flatMap(line -> all(line).stream()).toList(), true);
        }
        return new ExplainBody(all(text), text.stripLeading().startsWith("["));
    }

    private static List<Asked> all(String text) {
        List<Asked> requests = new ArrayList<>();
        StrictJson.read(text, in -> {
            if (in.peek() != JsonToken.BEGIN_ARRAY) {
                requests.add(one(in));
                return;
            }
            in.beginArray();
            while (in.hasNext()) {
                requests.add(one(in));
            }
            in.endArray();
        });
        return requests;
    }

    private static Asked one(JsonReader in) throws IOException {
        if (in.peek() != JsonToken.BEGIN_OBJECT) {
            throw Refusal.wrongBody(StrictJson.shown(in), EXPECTED);
        }
        String object = StrictJson.copy(in);
        if (LoggedRequest.isLine(object)) {
            return asked(LoggedRequest.read(object));
        }
        Parts parts = new Parts();
        StrictJson.read(
                object, again -> StrictJson.members(again, ExplainBody::doubled, name -> parts.member(again, name)));
        return new Asked(parts.request(), null);
    }

    private static Asked asked(LoggedRequest logged) {
        try {
            return new Asked(logged.request(), logged);
        } catch (IllegalArgumentException e) {
            throw Refusal.badRequest(String.valueOf(e.getMessage()));
        }
    }

    private static void doubled(String name) {
        throw Refusal.badRequest("\"" + name + "\" stands twice in a request (expected: " + EXPECTED + ")");
    }

    /** The members of one request. */
    private static final class Parts {
        private final List<String[]> headers = new ArrayList<>();
        private String method = "GET";
        private @Nullable String url;
        private @Nullable String client;

        void member(JsonReader in, String name) throws IOException {
            switch (name) {
                case "method" -> method = text(in, name);
                case "url" -> url = text(in, name);
                case "client" -> client = text(in, name);
                case "headers" -> headers(in);
                default ->
                    throw Refusal.badRequest("\"" + name + "\" is no part of a request (expected: " + EXPECTED + ")");
            }
        }

        private void headers(JsonReader in) throws IOException {
            if (in.peek() != JsonToken.BEGIN_OBJECT) {
                throw expected(in, "headers", "an object of strings, or arrays of strings");
            }
            StrictJson.members(in, doubled -> {}, name -> {
                if (in.peek() != JsonToken.BEGIN_ARRAY) {
                    headers.add(new String[] {name, text(in, "headers." + name)});
                    return;
                }
                in.beginArray();
                while (in.hasNext()) {
                    headers.add(new String[] {name, text(in, "headers." + name)});
                }
                in.endArray();
            });
        }

        private static String text(JsonReader in, String name) throws IOException {
            if (in.peek() != JsonToken.STRING) {
                throw expected(in, name, "a string");
            }
            return in.nextString();
        }

        private static Refusal expected(JsonReader in, String name, String expected) throws IOException {
            return Refusal.badRequest("\"" + name + "\" is " + StrictJson.shown(in) + " (expected: " + expected + ")");
        }

        RequestFacts request() {
            String given = url;
            if (given == null) {
                throw Refusal.badRequest("a request has no \"url\" (expected: " + EXPECTED + ")");
            }
            if (headers.size() > MOST_FIELDS) {
                throw Refusal.badRequest(
                        "\"headers\" has " + headers.size() + " lines (expected: at most " + MOST_FIELDS + ")");
            }
            try {
                RequestFacts request = RequestFacts.of(method, given);
                for (String[] header : headers) {
                    request = request.withHeader(header[0], header[1]);
                }
                return client == null ? request : request.withClient(client);
            } catch (IllegalArgumentException e) {
                throw Refusal.badRequest(String.valueOf(e.getMessage()));
            }
        }
    }
}
