package io.erulb.admin;

import io.erulb.routing.ConfiguredUpstream;
import io.erulb.routing.Domain;
import io.erulb.routing.RoutingTable;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Entity tags (RFC 9110 section 8.8.3) of what is configured: a digest of it, so that instances with the same
 * configuration give the same tag, and neither a look-up of names nor a change of anything else gives a new one. Safe for
 * use by many threads.
 *
 * <p>The digest of many things is the exclusive or of their digests. So what became of the table that was asked about last
 * is told by what differs, however much there is beside.
 */
final class ConfigTags {
    private static final int DIGEST_BYTES = 32;
    private static final int SHOWN_BYTES = 12;

    private volatile Tagged last = Tagged.NOTHING;

    /** The tag of one resource's content. */
    @FunctionalInterface
    interface Tag {
        String of(RoutingTable table);
    }

    /** A table's things with the digests of all domains and of all upstreams. */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Tagged(
            Map<String, Domain> domains,
            Map<String, ConfiguredUpstream> upstreams,
            byte[] ofDomains,
            byte[] ofUpstreams) {
        static final Tagged NOTHING = new Tagged(Map.of(), Map.of(), new byte[DIGEST_BYTES], new byte[DIGEST_BYTES]);
    }

    /** Of all domains. */
    String domains(RoutingTable table) {
        return '"' + shown(tagged(table).ofDomains) + '"';
    }

    /** Of all upstreams. */
    String upstreams(RoutingTable table) {
        return '"' + shown(tagged(table).ofUpstreams) + '"';
    }

    /** Of both. */
    String config(RoutingTable table) {
        Tagged tagged = tagged(table);
        return '"' + shown(tagged.ofDomains) + '-' + shown(tagged.ofUpstreams) + '"';
    }

    private static String shown(byte[] digest) {
        return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
    }

    @SuppressWarnings("ReferenceEquality") // A table has its maps for itself, and a domain that changed is another.
    private Tagged tagged(RoutingTable table) {
        Tagged known = last;
        if (known.domains == table.domains() && known.upstreams == table.upstreams()) {
            return known;
        }
        byte[] ofDomains = known.ofDomains.clone();
        applyDifference(known.domains, table.domains(), (old, next) -> old == next, ConfigTags::digest, ofDomains);
        byte[] ofUpstreams = known.ofUpstreams.clone();
        applyDifference(
                known.upstreams,
                table.upstreams(),
                (old, next) -> old.parameters().equals(next.parameters()),
                ConfigTags::digest,
                ofUpstreams);
        Tagged tagged = new Tagged(table.domains(), table.upstreams(), ofDomains, ofUpstreams);
        last = tagged;
        return tagged;
    }

    private static <T> void applyDifference(
            Map<String, T> before,
            Map<String, T> after,
            BiPredicate<T, T> same,
            Function<T, byte[]> digest,
            byte[] all) {
        before.forEach((name, old) -> {
            T next = after.get(name);
            if (next == null || !same.test(old, next)) {
                apply(digest.apply(old), all);
            }
        });
        after.forEach((name, next) -> {
            T old = before.get(name);
            if (old == null || !same.test(old, next)) {
                apply(digest.apply(next), all);
            }
        });
    }

    private static void apply(byte[] digest, byte[] all) {
        for (int i = 0; i < all.length; i++) {
            all[i] ^= digest[i];
        }
    }

    private static byte[] digest(Domain domain) {
        MessageDigest digest = sha256();
        add(digest, domain.name());
        add(digest, domain.rules().toJson());
        return digest.digest();
    }

    private static byte[] digest(ConfiguredUpstream upstream) {
        MessageDigest digest = sha256();
        add(digest, upstream.name());
        // Sorted, since a store keeps no order of servers.
        new TreeMap<>(upstream.parameters()).forEach((server, parameters) -> {
            add(digest, server);
            add(digest, parameters);
        });
        return digest.digest();
    }

    private static void add(MessageDigest digest, String text) {
        digest.update(text.getBytes(StandardCharsets.UTF_8));
        digest.update((byte) 0);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
