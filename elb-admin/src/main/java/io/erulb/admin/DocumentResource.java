package io.erulb.admin;

import io.erulb.admin.ConfigTags.Tag;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingTable;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Map;

/** {@code domain} and {@code policy}: the documents in force. */
final class DocumentResource implements Resource {
    private final String name;
    private final Documents documents;
    private final LiveRouting routing;
    private final Changes changes;
    private final Tag tag;

    DocumentResource(String name, Documents documents, LiveRouting routing, Changes changes, Tag tag) {
        this.name = name;
        this.documents = documents;
        this.routing = routing;
        this.changes = changes;
        this.tag = tag;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Map<String, Action> actions() {
        return Map.of("GET", this::get, "PUT", this::put, "DELETE", this::delete);
    }

    private Answer get(AdminRequest request) {
        RoutingTable table = routing.current();
        return Answer.json(StatusCodes.OK, JsonText.of(out -> documents.write(out, table)))
                .with(Headers.ETAG, tag.of(table));
    }

    private Answer put(AdminRequest request) {
        return changes.apply(request, DocumentBody.read(documents, request), tag, Answer.OK);
    }

    private Answer delete(AdminRequest request) {
        RoutingChange.Builder change = RoutingChange.builder();
        NameList.read(request).forEach(each -> documents.remove(change, each));
        return changes.apply(request, new Edits(change.build(), List.of()), tag, Answer.OK);
    }
}
