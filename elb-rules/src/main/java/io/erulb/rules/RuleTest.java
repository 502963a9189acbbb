package io.erulb.rules;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A test as the document has it: a request, and what is to become of it. Immutable.
 *
 * @param at the moment it is made; null for any
 */
record RuleTest(String name, RequestFacts request, @Nullable Instant at, Expectation expected) {}
