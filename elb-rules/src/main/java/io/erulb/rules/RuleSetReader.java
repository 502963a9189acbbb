package io.erulb.rules;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads strict JSON (RFC 8259) and refuses member names that stand twice. The only reader of Gson's. */
final class RuleSetReader {
    private static final String PLACE = " at line ";

    private final JsonReader reader;
    private final FaultList faults = new FaultList("");

    private RuleSetReader(String json) {
        reader = new JsonReader(new StringReader(json));
        reader.setStrictness(Strictness.STRICT);
    }

    static JsonValue.Obj read(String json) {
        RuleSetReader reader = new RuleSetReader(json);
        JsonValue root = reader.document();
        if (root instanceof JsonValue.Obj object) {
            reader.faults.throwIfAny();
            return object;
        }
        throw failure("the document is " + root.kind() + " (expected: a JSON object with init and rules)");
    }

    private JsonValue document() {
        try {
            JsonValue root = value();
            if (reader.peek() != JsonToken.END_DOCUMENT) {
                throw failure("text after the end of the document at " + reader.getPath());
            }
            return root;
        } catch (EOFException e) {
            throw failure("the JSON ends too early at " + reader.getPath());
        } catch (MalformedJsonException e) {
            throw failure("malformed JSON" + place(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private JsonValue value() throws IOException {
        JsonToken token = reader.peek();
        if (token == JsonToken.BEGIN_OBJECT) {
            return object();
        }
        if (token == JsonToken.BEGIN_ARRAY) {
            return array();
        }
        if (token == JsonToken.BOOLEAN) {
            return new JsonValue.Bool(reader.nextBoolean());
        }
        if (token == JsonToken.NULL) {
            reader.nextNull();
            return new JsonValue.Null();
        }
        boolean number = token == JsonToken.NUMBER;
        String text = reader.nextString();
        return number ? new JsonValue.Num(text) : new JsonValue.Text(text);
    }

    private JsonValue object() throws IOException {
        Map<String, JsonValue> members = new LinkedHashMap<>();
        reader.beginObject();
        while (reader.hasNext()) {
            String name = reader.nextName();
            String path = reader.getPath();
            if (members.put(name, value()) != null) {
                faults.add(null, path.substring(2), null, "the name stands twice in its object");
            }
        }
        reader.endObject();
        return new JsonValue.Obj(members);
    }

    private JsonValue array() throws IOException {
        List<JsonValue> items = new ArrayList<>();
        reader.beginArray();
        while (reader.hasNext()) {
            items.add(value());
        }
        reader.endArray();
        return new JsonValue.Arr(items);
    }

    /** Gson's message without its advice to programmers: " at line 1 column 5 path $.init". */
    private static String place(MalformedJsonException e) {
        String message = String.valueOf(e.getMessage());
        int start = message.indexOf(PLACE);
        int end = message.indexOf('\n');
        return start < 0 ? "" : message.substring(start, end < start ? message.length() : end);
    }

    private static RuleSetException failure(String message) {
        return new RuleSetException(List.of(new Fault("", null, null, null, message)));
    }
}
