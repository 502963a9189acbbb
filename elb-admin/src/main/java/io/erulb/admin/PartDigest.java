package io.erulb.admin;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The digest of many named things: the exclusive or of the digests of each. So what becomes of it with other things is told by
 * what differs, however much there is beside. Immutable.
 */
final class PartDigest<T> {
    private static final int DIGEST_BYTES = 32;
    private static final int SHOWN_BYTES = 12;

    private final BiFunction<String, T, List<String>> texts;
    private final Map<String, T> things;
    private final byte[] digest;

    private PartDigest(BiFunction<String, T, List<String>> texts, Map<String, T> things, byte[] digest) {
        this.texts = texts;
        this.things = things;
        this.digest = digest;
    }

    /** Of nothing; {@code texts} says what of a thing of a name is digested. */
    static <T> PartDigest<T> of(BiFunction<String, T, List<String>> texts) {
        return new PartDigest<>(texts, Map.of(), new byte[DIGEST_BYTES]);
    }

    /** The digest of other things, which can differ in these names only; null when that is not known. */
    @SuppressWarnings("ReferenceEquality") // What did not change is the same object.
    PartDigest<T> with(Map<String, T> after, @Nullable Set<String> names) {
        byte[] next = digest.clone();
        for (String name : names == null ? all(things, after) : names) {
            T old = things.get(name);
            T now = after.get(name);
            if (old != now) {
                apply(name, old, next);
                apply(name, now, next);
            }
        }
        return new PartDigest<>(texts, after, next);
    }

    private static Set<String> all(Map<String, ?> before, Map<String, ?> after) {
        Set<String> all = new HashSet<>(before.keySet());
        all.addAll(after.keySet());
        return all;
    }

    private void apply(String name, @Nullable T thing, byte[] all) {
        if (thing != null) {
            byte[] one = digest(texts.apply(name, thing));
            for (int i = 0; i < all.length; i++) {
                all[i] ^= one[i];
            }
        }
    }

    private static byte[] digest(List<String> texts) {
        MessageDigest digest = sha256();
        for (String text : texts) {
            digest.update(text.getBytes(StandardCharsets.UTF_8));
            digest.update((byte) 0);
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** As much of it as tells two from each other. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(digest, 0, SHOWN_BYTES);
    }
}
