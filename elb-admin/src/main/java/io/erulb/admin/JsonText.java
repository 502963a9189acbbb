package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** Writes answers as compact JSON. */
final class JsonText {
    private JsonText() {}

    /** What writes one JSON value. */
    @FunctionalInterface
    interface Writing {
        void to(JsonWriter out) throws IOException;
    }

    static String of(Writing writing) {
        StringWriter text = new StringWriter();
        try {
            writing.to(new JsonWriter(text));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }
}
