/**
 * What can be said of a graph before any request comes: which edges no request can take, which requests end nowhere, and a
 * request or a proof for each of these. Start at {@link io.erulb.rules.analysis.RuleAnalysis}.
 */
@NullMarked
package io.erulb.rules.analysis;

import org.jspecify.annotations.NullMarked;
