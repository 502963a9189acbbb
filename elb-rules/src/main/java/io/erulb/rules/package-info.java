/**
 * Rule documents, their compiled graph and its decisions.
 *
 * <p>{@link io.erulb.rules.RuleSet} is the document as written, {@link io.erulb.rules.RuleGraph} its checked and linked
 * form: {@code decide} answers for a request, {@code explain} says why. {@link io.erulb.rules.RequestView} is all the
 * engine sees of a request; {@link io.erulb.rules.RequestFacts} makes one without a server. Filter types come in through
 * {@link io.erulb.rules.FilterTypes}. The package knows neither sockets nor upstreams.
 */
@NullMarked
package io.erulb.rules;

import org.jspecify.annotations.NullMarked;
