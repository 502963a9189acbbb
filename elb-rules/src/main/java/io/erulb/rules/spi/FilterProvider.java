package io.erulb.rules.spi;

/**
 * Makes filters of one type; found by {@link java.util.ServiceLoader}, so public with a public constructor that takes
 * nothing.
 */
public interface FilterProvider {
    /** The type as rules name it: lower-case letters, digits and {@code - _ .}; no other provider may have it. */
    String type();

    /**
     * Makes a rule's filter. Faults go to {@link FilterArgs#fault} rather than into exceptions: the document is refused
     * with all of them, and what was made meanwhile is thrown away. Several threads may call at once.
     */
    Filter create(FilterArgs args);
}
