package io.erulb.rules;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** Prints a document as compact JSON, numbers as they were written. The only writer of Gson's. */
final class RuleSetWriter {
    private final JsonWriter writer;

    private RuleSetWriter(JsonWriter writer) {
        this.writer = writer;
    }

    static String print(JsonValue value) {
        StringWriter text = new StringWriter();
        try {
            new RuleSetWriter(new JsonWriter(text)).write(value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(JsonValue value) throws IOException {
        if (value instanceof JsonValue.Obj object) {
            writeObject(object);
        } else if (value instanceof JsonValue.Arr array) {
            writeArray(array);
        } else if (value instanceof JsonValue.Text text) {
            writer.value(text.text());
        } else if (value instanceof JsonValue.Num number) {
            writer.jsonValue(number.text());
        } else if (value instanceof JsonValue.Bool bool) {
            writer.value(bool.value());
        } else {
            writer.nullValue();
        }
    }

    private void writeObject(JsonValue.Obj object) throws IOException {
        writer.beginObject();
        for (Map.Entry<String, JsonValue> member : object.members().entrySet()) {
            writer.name(member.getKey());
            write(member.getValue());
        }
        writer.endObject();
    }

    private void writeArray(JsonValue.Arr array) throws IOException {
        writer.beginArray();
        for (JsonValue item : array.items()) {
            write(item);
        }
        writer.endArray();
    }
}
