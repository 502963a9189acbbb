package io.erulb.admin;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A body of documents of one kind: an object of name to document. For one request. */
final class DocumentBody {
    private final Documents documents;
    private final RoutingChange.Builder change;
    private final List<RoutingFault> faults;

    /** Collects into these what it reads. */
    DocumentBody(Documents documents, RoutingChange.Builder change, List<RoutingFault> faults) {
        this.documents = documents;
        this.change = change;
        this.faults = faults;
    }

    /**
     * Reads a body. What its documents say is judged with the change.
     *
     * @throws Refusal when it is no JSON object
     */
    static Edits read(Documents documents, AdminRequest request) {
        DocumentBody body = new DocumentBody(documents, RoutingChange.builder(), new ArrayList<>());
        StrictJson.read(request.text(documents.expected()), body::documents);
        return new Edits(body.change.build(), body.faults);
    }

    /** Reads a part of a greater body, in which a document may also be {@code null}: what it names is removed. */
    void readOrRemove(JsonReader in) throws IOException {
        requireObject(in);
        StrictJson.members(in, this::doubled, name -> {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                documents.remove(change, name);
            } else {
                documents.put(change, name, StrictJson.copy(in));
            }
        });
    }

    private void documents(JsonReader in) throws IOException {
        requireObject(in);
        StrictJson.members(in, this::doubled, name -> documents.put(change, name, StrictJson.copy(in)));
    }

    private void requireObject(JsonReader in) throws IOException {
        if (in.peek() != JsonToken.BEGIN_OBJECT) {
            throw Refusal.wrongBody(StrictJson.shown(in), documents.expected());
        }
    }

    private void doubled(String name) {
        faults.add(new RoutingFault(documents.kind(), name, null, null, null, "the name stands twice in the body"));
    }
}
