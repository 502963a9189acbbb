package io.erulb.rules;

/**
 * How a test of a document came out. Immutable.
 *
 * @param name the test's
 * @param passed whether the rules decide as it expects, at any hour and whatever is drawn
 * @param expected what it expects, in words
 * @param found what the rules decide, in words: where it failed, on the first way that is not as expected
 * @param explanation of that way
 */
public record TestResult(String name, boolean passed, String expected, String found, Explanation explanation) {}
