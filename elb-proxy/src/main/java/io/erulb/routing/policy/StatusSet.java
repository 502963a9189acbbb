package io.erulb.routing.policy;

import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Some status codes, written as an array of codes and classes such as {@code [200, "3xx"]}. Immutable. */
public final class StatusSet {
    /** 200 to 399. */
    static final StatusSet GOOD = between(200, 400);

    private static final int LEAST = 100;
    private static final int MOST = 599;
    private static final int CLASS = 100;

    private final BitSet codes;

    private StatusSet(BitSet codes) {
        this.codes = codes;
    }

    private static StatusSet between(int from, int to) {
        BitSet codes = new BitSet();
        codes.set(from, to);
        return new StatusSet(codes);
    }

    static StatusSet of(int... codes) {
        BitSet set = new BitSet();
        for (int code : codes) {
            set.set(code);
        }
        return new StatusSet(set);
    }

    static StatusSet read(PolicyArgs args, String name, StatusSet otherwise) {
        List<String> items = args.scalars(name, "an array of status codes and classes, such as [200, \"3xx\"]");
        if (items.isEmpty()) {
            return otherwise;
        }
        BitSet codes = new BitSet();
        for (String item : items) {
            if (!add(item, codes)) {
                args.fault(name, "expected: codes from 100 to 599 and classes from 1xx to 5xx, not " + item);
                return otherwise;
            }
        }
        return new StatusSet(codes);
    }

    private static boolean add(String item, BitSet codes) {
        if (item.matches("[1-5]xx")) {
            int from = (item.charAt(0) - '0') * CLASS;
            codes.set(from, from + CLASS);
            return true;
        }
        int code = item.matches("\\d{3}") ? Integer.parseInt(item) : 0;
        codes.set(code);
        return code >= LEAST && code <= MOST;
    }

    /** Whether a code is one of them. */
    public boolean has(int code) {
        return codes.get(code);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StatusSet set && codes.equals(set.codes);
    }

    @Override
    public int hashCode() {
        return codes.hashCode();
    }

    @Override
    public String toString() {
        return codes.toString();
    }
}
