package io.erulb.admin;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The body of a DELETE: an array of names. For one request. */
final class NameList {
    private static final String EXPECTED = "an array of names, such as [\"a\",\"b\"]";

    private final Set<String> names = new LinkedHashSet<>();
    private final List<ErrorEntry> errors = new ArrayList<>();

    private NameList() {}

    /**
     * The names, each once, in their order.
     *
     * @throws Refusal when the body is anything but an array of strings
     */
    static Set<String> read(AdminRequest request) {
        NameList list = new NameList();
        StrictJson.read(request.text(EXPECTED), list::items);
        if (!list.errors.isEmpty()) {
            throw Refusal.faults(list.errors);
        }
        return list.names;
    }

    private void items(JsonReader in) throws IOException {
        if (in.peek() != JsonToken.BEGIN_ARRAY) {
            throw Refusal.wrongBody(StrictJson.shown(in), EXPECTED);
        }
        in.beginArray();
        for (int index = 0; in.hasNext(); index++) {
            if (in.peek() == JsonToken.STRING) {
                names.add(in.nextString());
            } else {
                errors.add(ErrorEntry.ofItem(index, StrictJson.shown(in), "expected: a name as a string"));
            }
        }
        in.endArray();
    }
}
