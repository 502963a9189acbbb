package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.routing.Domain;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingFault.Kind;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.policy.Policy;
import java.io.IOException;
import java.util.Map;

/** What is configured as a document for each name. */
enum Documents {
    /** The rules of domains. */
    RULES("an object of domain to rule document", Kind.DOMAIN) {
        @Override
        void put(RoutingChange.Builder change, String name, String json) {
            change.putDomain(name, json);
        }

        @Override
        void remove(RoutingChange.Builder change, String name) {
            change.removeDomain(name);
        }

        @Override
        void write(JsonWriter out, RoutingTable table) throws IOException {
            out.beginObject();
            for (Domain domain : table.domains().values()) {
                out.name(domain.name()).jsonValue(domain.rules().toJson());
            }
            out.endObject();
        }
    },
    /** The policies of upstreams. */
    POLICIES("an object of upstream to policy", Kind.POLICY) {
        @Override
        void put(RoutingChange.Builder change, String name, String json) {
            change.putPolicy(name, json);
        }

        @Override
        void remove(RoutingChange.Builder change, String name) {
            change.removePolicy(name);
        }

        @Override
        void write(JsonWriter out, RoutingTable table) throws IOException {
            out.beginObject();
            for (Map.Entry<String, Policy> policy : table.policies().entrySet()) {
                out.name(policy.getKey()).jsonValue(policy.getValue().toJson());
            }
            out.endObject();
        }
    };

    private final String expected;
    private final Kind kind;

    Documents(String expected, Kind kind) {
        this.expected = expected;
        this.kind = kind;
    }

    /** What a body of them is, in words. */
    String expected() {
        return expected;
    }

    Kind kind() {
        return kind;
    }

    abstract void put(RoutingChange.Builder change, String name, String json);

    abstract void remove(RoutingChange.Builder change, String name);

    /** All of a table as an object of name to document. */
    abstract void write(JsonWriter out, RoutingTable table) throws IOException;
}
