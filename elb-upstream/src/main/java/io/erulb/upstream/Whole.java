package io.erulb.upstream;

import java.util.List;

/**
 * A whole number in decimal digits within bounds.
 *
 * @param least the least accepted, not negative
 * @param most the most accepted
 */
record Whole(int least, int most) {
    private static final int MOST_DIGITS = 10;

    /** Reads {@code written.value()}; when that is no such number, it joins {@code faults} with what is expected. */
    int read(ServerFault written, List<ServerFault> faults) {
        long number = number(written.value());
        if (number < least || number > most) {
            faults.add(new ServerFault(written.address(), written.parameter(), written.value(), expected()));
            return least;
        }
        return (int) number;
    }

    private static long number(String text) {
        boolean digits =
                !text.isEmpty() && text.length() <= MOST_DIGITS && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return digits ? Long.parseLong(text) : -1;
    }

    private String expected() {
        return "an integer from " + least + " to " + most;
    }
}
