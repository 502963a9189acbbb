package io.erulb.routing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
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

    /** The edits, in order. */
    public List<Edit> edits() {
        return edits;
    }

    /** One edit of a configuration. */
    public sealed interface Edit {}

    /** A domain has this document. */
    public record PutDomain(String domain, String json) implements Edit {}

    /** A domain goes; an unknown one is no fault. */
    public record RemoveDomain(String domain) implements Edit {}

    /** An upstream has these servers and no others: address to parameters. */
    public record PutUpstream(String upstream, Map<String, String> servers) implements Edit {
        /** Copies the servers in their order. */
        public PutUpstream {
            servers = Collections.unmodifiableMap(new LinkedHashMap<>(servers));
        }
    }

    /** An upstream goes with all its servers; an unknown one is no fault. */
    public record RemoveUpstream(String upstream) implements Edit {}

    /** One server of an upstream has these parameters. */
    public record PutServer(String upstream, String server, String parameters) implements Edit {}

    /** One server of an upstream goes. */
    public record RemoveServer(String upstream, String server) implements Edit {}

    /** An upstream goes by this policy. */
    public record PutPolicy(String upstream, String json) implements Edit {}

    /** An upstream goes by no policy any more; one without is no fault. */
    public record RemovePolicy(String upstream) implements Edit {}

    /** Collects edits; not safe for use by many threads. */
    public static final class Builder {
        private final List<Edit> edits = new ArrayList<>();

        private Builder() {}

        /** Replaces a domain's rules by a document. */
        public Builder putDomain(String domain, String json) {
            return add(new PutDomain(domain, json));
        }

        /** Removes a domain; an unknown one is no fault. */
        public Builder removeDomain(String domain) {
            return add(new RemoveDomain(domain));
        }

        /** Replaces an upstream's servers: address to parameters, as in an upstream block of nginx. */
        public Builder putUpstream(String upstream, Map<String, String> servers) {
            return add(new PutUpstream(upstream, servers));
        }

        /** Removes an upstream with all its servers; an unknown one is no fault. */
        public Builder removeUpstream(String upstream) {
            return add(new RemoveUpstream(upstream));
        }

        /** Adds or replaces one server; the upstream comes to be with its first. */
        public Builder putServer(String upstream, String server, String parameters) {
            return add(new PutServer(upstream, server, parameters));
        }

        /** Removes one server; the upstream goes with its last. */
        public Builder removeServer(String upstream, String server) {
            return add(new RemoveServer(upstream, server));
        }

        /** Replaces the policy of an upstream, which need not be there, by a document. */
        public Builder putPolicy(String upstream, String json) {
            return add(new PutPolicy(upstream, json));
        }

        /** Removes the policy of an upstream; one without is no fault. */
        public Builder removePolicy(String upstream) {
            return add(new RemovePolicy(upstream));
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
}
