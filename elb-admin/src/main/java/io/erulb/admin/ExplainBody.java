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
 * @param several whether they came as a list
 */
record ExplainBody(List<RequestFacts> requests, boolean several) {
    private static final String EXPECTED =
            "{\"url\":\"http://t.local/blog\"}, with \"method\", \"headers\" and \"client\" where they matter, or a list of such";

    /**
     * Reads a body.
     *
     * @throws Refusal when it is anything else
     */
    static ExplainBody read(AdminRequest request) {
        List<RequestFacts> requests = new ArrayList<>();
        boolean[] several = {false};
        StrictJson.read(request.text(EXPECTED), in -> {
            several[0] = in.peek() == JsonToken.BEGIN_ARRAY;
            if (!several[0]) {
                requests.add(one(in));
                return;
            }
            in.beginArray();
            while (in.hasNext()) {
                requests.add(one(in));
            }
            in.endArray();
        });
        return new ExplainBody(requests, several[0]);
    }

    private static RequestFacts one(JsonReader in) throws IOException {
        if (in.peek() != JsonToken.BEGIN_OBJECT) {
            throw Refusal.wrongBody(StrictJson.shown(in), EXPECTED);
        }
        Parts parts = new Parts();
        StrictJson.members(in, ExplainBody::doubled, name -> parts.member(in, name));
        return parts.request();
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
