package io.erulb.server.imports;

/**
 * Where something was found. Immutable.
 *
 * @param source the file or URL, as it was given
 * @param line the line, from 1; 0 where lines mean nothing
 */
record Place(String source, int line) {

    /** A source as a whole. */
    static Place of(String source) {
        return new Place(source, 0);
    }

    /** {@code nginx.conf:12}, or the source alone. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ':' + line;
    }
}
