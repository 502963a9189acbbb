package io.erulb.rules.filter;

import io.erulb.rules.RequestValue;
import io.erulb.rules.RequestView;
import io.erulb.rules.spi.FilterArgs;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * What a limit counts by, so that keys take little memory and are not to be had for the asking: an IPv6 client counts by
 * its /64, which is what one subscriber has at least (RFC 6177); a long value by its SHA-512; and requests without the
 * value have one key together.
 *
 * @param value null when all requests have one key
 */
record LimitKey(@Nullable RequestValue value) {
    private static final String DOMAIN = "domain";

    /** Longer values are hashed; a hash is longer still, so that nobody can send another's. */
    private static final int LONGEST = 100;

    /** The argument {@code on}: the whole domain unless it names a value. */
    static LimitKey read(FilterArgs args) {
        String on = args.text("on", DOMAIN);
        RequestValue value = RequestValue.parse(on);
        if (value == null && !on.equals(DOMAIN)) {
            args.fault("on", "expected: " + DOMAIN + ", " + RequestValue.EXPECTED);
        }
        return new LimitKey(value);
    }

    /** The request's key; empty for what all share. */
    String of(RequestView request) {
        if (value == null) {
            return "";
        }
        if (value.kind() == RequestValue.Kind.CLIENT && request.client() instanceof Inet6Address client) {
            return network(client);
        }
        String text = value.of(request);
        if (text == null) {
            return "";
        }
        return text.length() <= LONGEST ? text : digest(text);
    }

    /** A key as people may read it. */
    String shown(String key) {
        if (value == null) {
            return DOMAIN;
        }
        return key.isEmpty() ? "no " + value : key;
    }

    private static String network(InetAddress client) {
        return HexFormat.of().formatHex(client.getAddress(), 0, 8) + "/64";
    }

    private static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-512").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-512", e);
        }
    }
}
