package io.erulb.upstream;

/**
 * One thing wrong with a server as it was written. Immutable.
 *
 * @param address the server's address as written
 * @param parameter what is wrong: {@code address}, {@code host}, {@code port} or the parameter's name
 * @param value the offending text
 * @param expected what would have been accepted, in words
 */
public record ServerFault(String address, String parameter, String value, String expected) {

    /** One sentence, such as {@code 10.0.0.1: weight: 0 (expected: an integer from 1 to 65535)}. */
    @Override
    public String toString() {
        return address + ": " + parameter + ": " + (value.isEmpty() ? "nothing" : value) + " (expected: " + expected
                + ")";
    }
}
