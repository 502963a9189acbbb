package io.erulb.routing;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Edits to the configuration as text, in order: one request's body, or one revision of a store. Nothing is checked
 * here; {@link LiveRouting} does that. Immutable.
 */
public final class RoutingChange {
    private final List<Edit> edits;

    private RoutingChange(List<Edit> edits) {
        this.edits = List.copyOf(edits);
    }

    /** A builder without edits. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether there is nothing to do. */
    public boolean isEmpty() {
        return edits.isEmpty();
    }

    List<Edit> edits() {
        return edits;
    }

    /** Collects edits; not safe for use by many threads. */
    public static final class Builder {
        private final List<Edit> edits = new ArrayList<>();

        private Builder() {}

        /** Replaces a domain's rules by a document. */
        public Builder putDomain(String domain, String json) {
            return add(draft -> draft.putDomain(domain, json));
        }

        /** Removes a domain; an unknown one is no fault. */
        public Builder removeDomain(String domain) {
            return add(draft -> draft.removeDomain(domain));
        }

        /** Replaces an upstream's servers: address to parameters, as in an upstream block of nginx. */
        public Builder putUpstream(String upstream, Map<String, String> servers) {
            return add(draft -> draft.putUpstream(upstream, servers));
        }

        /** Removes an upstream with all its servers; an unknown one is no fault. */
        public Builder removeUpstream(String upstream) {
            return add(draft -> draft.removeUpstream(upstream));
        }

        /** Adds or replaces one server; the upstream comes to be with its first. */
        public Builder putServer(String upstream, String server, String parameters) {
            return add(draft -> draft.putServer(upstream, server, parameters));
        }

        /** Removes one server; the upstream goes with its last. */
        public Builder removeServer(String upstream, String server) {
            return add(draft -> draft.removeServer(upstream, server));
        }

        /** The change so far. */
        public RoutingChange build() {
            return new RoutingChange(edits);
        }

        private Builder add(Edit edit) {
            edits.add(edit);
            return this;
        }
    }

    /** One edit, applied to a draft of the next table. */
    @FunctionalInterface
    interface Edit {
        void applyTo(RoutingDraft draft);
    }
}
