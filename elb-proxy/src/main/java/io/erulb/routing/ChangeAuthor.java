package io.erulb.routing;

/**
 * Who makes a change, and why. Immutable.
 *
 * @param by who, in a word
 * @param message why, in a line; may be empty
 */
public record ChangeAuthor(String by, String message) {}
