package io.erulb.proxy.fuzz;

import java.util.List;
import java.util.SplittableRandom;

/** The choices of one case, which follow from a seed and the case's number alone. Confined to one thread. */
final class Chance {
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private final SplittableRandom random;

    Chance(long seed, long number) {
        random = new SplittableRandom(seed * SPREAD ^ new SplittableRandom(number).nextLong());
    }

    /** True once in so many times. */
    boolean oneIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** From 0 to less than a bound. */
    int below(int bound) {
        return random.nextInt(bound);
    }

    /** From a number to another, both included. */
    int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    <T> T of(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    String of(String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** How many bytes a body has: mostly a few, seldom more than any buffer on the way. */
    int bodySize() {
        if (oneIn(200)) {
            return between(60_000, 140_000);
        }
        return oneIn(20) ? below(20_000) : below(1 << between(0, 8));
    }

    /** A token of some length (RFC 9110 5.6.2). */
    String token() {
        String characters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.!#$%&'*+^`|~";
        StringBuilder token = new StringBuilder();
        for (int i = between(1, 12); i > 0; i--) {
            token.append(characters.charAt(below(oneIn(8) ? characters.length() : 52)));
        }
        return token.toString();
    }

    /** A field value of some length, with inner blanks and bytes above ASCII now and then (RFC 9110 5.5). */
    String value() {
        StringBuilder value = new StringBuilder();
        for (int i = below(oneIn(100) ? 3000 : 24); i > 0; i--) {
            value.append((char) (oneIn(40) ? between(0x80, 0xff) : oneIn(60) ? '\t' : between(0x20, 0x7e)));
        }
        return value.toString().strip();
    }
}
