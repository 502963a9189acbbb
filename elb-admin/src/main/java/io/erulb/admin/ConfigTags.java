package io.erulb.admin;

import io.erulb.routing.ConfiguredUpstream;
import io.erulb.routing.Domain;
import io.erulb.routing.RoutingTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Entity tags (RFC 9110 section 8.8.3) of what is configured: a digest of it, so that instances with the same
 * configuration give the same tag, and neither a look-up of names nor a change of anything else gives a new one. Those of
 * the last table are kept. Safe for use by many threads.
 */
final class ConfigTags {
    private static final int SHOWN_BYTES = 12;

    private volatile @Nullable Tagged last;

    /** The tag of one resource's content. */
    @FunctionalInterface
    interface Tag {
        String of(RoutingTable table);
    }

    private record Tagged(RoutingTable table, String domains, String upstreams) {}

    /** Of all domains. */
    String domains(RoutingTable table) {
        return tagged(table).domains;
    }

    /** Of all upstreams. */
    String upstreams(RoutingTable table) {
        return tagged(table).upstreams;
    }

    /** Of both. */
    String config(RoutingTable table) {
        Tagged tagged = tagged(table);
        return '"' + bare(tagged.domains) + '-' + bare(tagged.upstreams) + '"';
    }

    @SuppressWarnings("ReferenceEquality") // Each table has its own.
    private Tagged tagged(RoutingTable table) {
        Tagged known = last;
        if (known == null || known.table != table) {
            known = new Tagged(table, ofDomains(table), ofUpstreams(table));
            last = known;
        }
        return known;
    }

    private static String ofDomains(RoutingTable table) {
        MessageDigest digest = sha256();
        for (Domain domain : table.domains().values()) {
            add(digest, domain.name());
            add(digest, domain.rules().toJson());
        }
        return tag(digest);
    }

    private static String ofUpstreams(RoutingTable table) {
        MessageDigest digest = sha256();
        for (ConfiguredUpstream upstream : table.upstreams().values()) {
            add(digest, upstream.name());
            // Sorted, since a store keeps no order of servers.
            new TreeMap<>(upstream.parameters()).forEach((server, parameters) -> {
                add(digest, server);
                add(digest, parameters);
            });
            digest.update((byte) 1);
        }
        return tag(digest);
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static String tag(MessageDigest digest) {
        return '"' + HexFormat.of().formatHex(digest.digest(), 0, SHOWN_BYTES) + '"';
    }

    private static String bare(String tag) {
        return tag.substring(1, tag.length() - 1);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
