package io.erulb.routing.policy;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads one strict JSON object (RFC 8259) in which no name stands twice. For one text. */
final class PolicyReader {
    private static final String PLACE = " at line ";

    private final JsonReader in;
    private final FaultList faults = new FaultList();

    private PolicyReader(String json) {
        in = new JsonReader(new StringReader(json));
        in.setStrictness(Strictness.STRICT);
    }

    /** Throws {@link PolicyException} when the text is anything else. */
    static JsonObject read(String json) {
        PolicyReader reader = new PolicyReader(json);
        JsonElement root = reader.document();
        if (root instanceof JsonObject object) {
            reader.faults.throwIfAny();
            return object;
        }
        throw failure("a policy is a JSON object, such as {\"balancer\":{\"type\":\"least_conn\"}}");
    }

    private JsonElement document() {
        try {
            JsonElement root = value();
            // Of anything but the end, a strict reader says that it is malformed.
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw failure("there is more after the end of the document");
            }
            return root;
        } catch (EOFException e) {
            throw failure("the JSON ends too early at " + in.getPath());
        } catch (MalformedJsonException e) {
            throw failure("malformed JSON" + place(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gson's message without its advice to programmers. */
    private static String place(String message) {
        String sentence = message.lines().findFirst().orElse("");
        int start = sentence.indexOf(PLACE);
        return start < 0 ? "" : sentence.substring(start);
    }

    private static PolicyException failure(String message) {
        return new PolicyException(List.of(new PolicyFault(null, null, message)));
    }

    private JsonElement value() throws IOException {
        return switch (in.peek()) {
            case BEGIN_OBJECT -> object();
            case BEGIN_ARRAY -> array();
            case BOOLEAN -> new JsonPrimitive(in.nextBoolean());
            case NUMBER -> new JsonPrimitive(number(in.nextString()));
            case NULL -> nothing();
            default -> new JsonPrimitive(in.nextString());
        };
    }

    private BigDecimal number(String text) {
        try {
            return new BigDecimal(text);
        } catch (NumberFormatException beyondAnyUse) {
            faults.add(member(in.getPreviousPath()), text, "expected: a number of usual size");
            return BigDecimal.ZERO;
        }
    }

    /** Null for the document itself. */
    private static @Nullable String member(String path) {
        return path.length() > 2 ? path.substring(2) : null;
    }

    private JsonElement nothing() throws IOException {
        in.nextNull();
        return JsonNull.INSTANCE;
    }

    private JsonObject object() throws IOException {
        JsonObject object = new JsonObject();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            String path = in.getPath();
            JsonElement value = value();
            if (object.has(name)) {
                faults.add(member(path), null, "the name stands twice in its object");
            }
            object.add(name, value);
        }
        in.endObject();
        return object;
    }

    private JsonArray array() throws IOException {
        JsonArray array = new JsonArray();
        in.beginArray();
        while (in.hasNext()) {
            array.add(value());
        }
        in.endArray();
        return array;
    }
}
