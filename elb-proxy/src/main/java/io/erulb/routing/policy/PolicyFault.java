package io.erulb.routing.policy;

import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a policy. Immutable.
 *
 * @param field the member, such as {@code retry.tries}; null when the document as a whole is meant
 * @param value what stands there, as JSON, shortened; null when nothing does
 * @param message what is wrong or what is accepted
 */
public record PolicyFault(@Nullable String field, @Nullable String value, String message) {}
