package io.erulb.admin;

import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import com.google.gson.stream.JsonWriter;
import com.google.gson.stream.MalformedJsonException;
import java.io.EOFException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;

/** Reads strict JSON (RFC 8259), and says of malformed text where it is so. */
final class StrictJson {
    private static final String ADVICE = "Use JsonReader.setStrictness(Strictness.LENIENT) to accept malformed JSON";
    private static final int SHOWN = 60;

    private StrictJson() {}

    /** What reads one JSON value, from its first token to its last. */
    @FunctionalInterface
    interface Reading {
        void from(JsonReader in) throws IOException;
    }

    /** What reads the value of one member. */
    @FunctionalInterface
    interface Member {
        void read(String name) throws IOException;
    }

    /**
     * Reads a text that is one JSON value.
     *
     * @throws Refusal when it is malformed; what the reading throws goes through
     */
    static void read(String text, Reading reading) {
        JsonReader in = new JsonReader(new StringReader(text));
        in.setStrictness(Strictness.STRICT);
        try {
            reading.from(in);
            if (in.peek() != JsonToken.END_DOCUMENT) {
                throw Refusal.badRequest("malformed JSON: more than one value");
            }
        } catch (EOFException | MalformedJsonException e) {
            throw Refusal.badRequest("malformed JSON" + detail(String.valueOf(e.getMessage())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Gson's words without its advice to programmers: ": Expected ':' at line 1 column 5 path $.init". */
    private static String detail(String message) {
        String sentence = message.lines().findFirst().orElse("");
        return sentence.startsWith(ADVICE) ? sentence.substring(ADVICE.length()) : ": " + sentence;
    }

    /**
     * The members of the object that comes next.
     *
     * @param doubled told of a name each time it stands again
     * @param member reads the value of each member
     */
    static void members(JsonReader in, Consumer<String> doubled, Member member) throws IOException {
        Set<String> seen = new HashSet<>();
        in.beginObject();
        while (in.hasNext()) {
            String name = in.nextName();
            if (!seen.add(name)) {
                doubled.accept(name);
            }
            member.read(name);
        }
        in.endObject();
    }

    /** The next value as a text of its own: members in order, doubled ones too, numbers digit by digit. */
    static String copy(JsonReader in) throws IOException {
        StringWriter text = new StringWriter();
        copy(in, new JsonWriter(text));
        return text.toString();
    }

    /** Whether a text is one JSON value. */
    static boolean isJson(String text) {
        try {
            read(text, StrictJson::copy);
            return true;
        } catch (Refusal malformed) {
            return false;
        }
    }

    /** A JSON text with a line for each member and item. */
    static String laidOut(String json) {
        StringWriter text = new StringWriter();
        JsonWriter out = new JsonWriter(text);
        out.setIndent("  ");
        read(json, in -> copy(in, out));
        return text.toString();
    }

    /** The next value as it is shown in an error: at most a line of it. */
    static String shown(JsonReader in) throws IOException {
        String text = copy(in);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static void copy(JsonReader in, JsonWriter out) throws IOException {
        JsonToken token = in.peek();
        if (token == JsonToken.BEGIN_OBJECT) {
            copyObject(in, out);
        } else if (token == JsonToken.BEGIN_ARRAY) {
            copyArray(in, out);
        } else if (token == JsonToken.NUMBER) {
            out.jsonValue(in.nextString());
        } else if (token == JsonToken.BOOLEAN) {
            out.value(in.nextBoolean());
        } else if (token == JsonToken.NULL) {
            in.nextNull();
            out.nullValue();
        } else {
            out.value(in.nextString());
        }
    }

    private static void copyObject(JsonReader in, JsonWriter out) throws IOException {
        in.beginObject();
        out.beginObject();
        while (in.hasNext()) {
            out.name(in.nextName());
            copy(in, out);
        }
        in.endObject();
        out.endObject();
    }

    private static void copyArray(JsonReader in, JsonWriter out) throws IOException {
        in.beginArray();
        out.beginArray();
        while (in.hasNext()) {
            copy(in, out);
        }
        in.endArray();
        out.endArray();
    }
}
