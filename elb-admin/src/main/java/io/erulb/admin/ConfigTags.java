package io.erulb.admin;

import io.erulb.routing.ConfiguredUpstream;
import io.erulb.routing.Domain;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingTable;
import io.erulb.routing.policy.Policy;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Entity tags (RFC 9110 section 8.8.3) of what is configured: a digest of it, so that instances with the same
 * configuration give the same tag, and neither a look-up of names nor a change of anything else gives a new one. Safe for
 * use by many threads.
 */
final class ConfigTags {
    private final RecentSteps steps = new RecentSteps();
    private volatile Tagged last = Tagged.NOTHING;

    ConfigTags(LiveRouting routing) {
        routing.onPublish(steps::add);
    }

    /** The tag of one resource's content. */
    @FunctionalInterface
    interface Tag {
        String of(RoutingTable table);
    }

    /** The digests of what a table has. */
    private record Tagged(
            long version,
            PartDigest<Domain> domains,
            PartDigest<ConfiguredUpstream> upstreams,
            PartDigest<Policy> policies) {
        static final Tagged NOTHING = new Tagged(
                0,
                PartDigest.of(ConfigTags::texts),
                PartDigest.of(ConfigTags::texts),
                PartDigest.of((name, policy) -> List.of(name, policy.canonical())));
    }

    private static List<String> texts(String name, Domain domain) {
        return List.of(name, domain.rules().toJson());
    }

    private static List<String> texts(String name, ConfiguredUpstream upstream) {
        List<String> texts = new ArrayList<>(List.of(name));
        // Sorted, since a store keeps no order of servers.
        new TreeMap<>(upstream.parameters()).forEach((server, parameters) -> texts.addAll(List.of(server, parameters)));
        return texts;
    }

    /** Of all domains. */
    String domains(RoutingTable table) {
        return quoted(tagged(table).domains.toString());
    }

    /** Of all upstreams. */
    String upstreams(RoutingTable table) {
        return quoted(tagged(table).upstreams.toString());
    }

    /** Of all policies. */
    String policies(RoutingTable table) {
        return quoted(tagged(table).policies.toString());
    }

    /** Of all of them together. */
    String config(RoutingTable table) {
        return quoted(digest(table));
    }

    private static String quoted(String digest) {
        return '"' + digest + '"';
    }

    /** Of all of them together, without the quotes that make it a tag. */
    String digest(RoutingTable table) {
        Tagged tagged = tagged(table);
        return tagged.domains + "-" + tagged.upstreams + '-' + tagged.policies;
    }

    private Tagged tagged(RoutingTable table) {
        Tagged known = last;
        if (known.version == table.version()) {
            return known;
        }
        RecentSteps.Names names = steps.between(known.version, table.version());
        Tagged tagged = new Tagged(
                table.version(),
                known.domains.with(table.domains(), names == null ? null : names.domains()),
                known.upstreams.with(table.upstreams(), names == null ? null : names.upstreams()),
                known.policies.with(table.policies(), names == null ? null : names.policies()));
        last = tagged;
        return tagged;
    }
}
