package io.erulb.admin;

import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault;
import io.erulb.routing.RoutingFault.Kind;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A body of domains: an object of name to rule document. For one request. */
final class DomainBody {
    private static final String EXPECTED = "an object of domain to rule document";

    private final RoutingChange.Builder change;
    private final List<RoutingFault> faults;

    /** Collects into these what it reads. */
    DomainBody(RoutingChange.Builder change, List<RoutingFault> faults) {
        this.change = change;
        this.faults = faults;
    }

    /**
     * Reads a body. Whether its values are rule documents is judged with the change.
     *
     * @throws Refusal when it is no JSON object
     */
    static Edits read(AdminRequest request) {
        DomainBody body = new DomainBody(RoutingChange.builder(), new ArrayList<>());
        StrictJson.read(request.text(EXPECTED), body::domains);
        return new Edits(body.change.build(), body.faults);
    }

    /** Reads a part of a greater body, in which a document may also be {@code null}: the domain is removed. */
    void readOrRemove(JsonReader in) throws IOException {
        requireObject(in);
        StrictJson.members(in, this::doubled, name -> {
            if (in.peek() == JsonToken.NULL) {
                in.nextNull();
                change.removeDomain(name);
            } else {
                change.putDomain(name, StrictJson.copy(in));
            }
        });
    }

    private void domains(JsonReader in) throws IOException {
        requireObject(in);
        StrictJson.members(in, this::doubled, name -> change.putDomain(name, StrictJson.copy(in)));
    }

    private static void requireObject(JsonReader in) throws IOException {
        if (in.peek() != JsonToken.BEGIN_OBJECT) {
            throw Refusal.wrongBody(StrictJson.shown(in), EXPECTED);
        }
    }

    private void doubled(String name) {
        faults.add(new RoutingFault(Kind.DOMAIN, name, null, null, null, "the name stands twice in the body"));
    }
}
