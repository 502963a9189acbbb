package io.erulb.routing;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What the values of sticky cookies are made with: instances with the same secret know each other's, and nobody else can make
 * one. Immutable; never printed.
 */
public final class StickySecret {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int RANDOM_BYTES = 32;
    private static final int TOKEN_BYTES = 16;

    private final SecretKeySpec key;

    private StickySecret(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** The secret of a text, which should be long and random. */
    public static StickySecret of(String text) {
        return new StickySecret(text.getBytes(StandardCharsets.UTF_8));
    }

    /** One that nobody else has. */
    public static StickySecret random() {
        byte[] secret = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(secret);
        return new StickySecret(secret);
    }

    /** What stands for a server of an upstream in a cookie: neither can be told from it. */
    String token(String upstream, InetSocketAddress server) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(upstream.getBytes(StandardCharsets.UTF_8));
            mac.update((byte) 0);
            mac.update(server.getAddress().getAddress());
            byte[] digest = mac.doFinal(Integer.toString(server.getPort()).getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, TOKEN_BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** Says nothing. */
    @Override
    public String toString() {
        return "(not shown)";
    }
}
