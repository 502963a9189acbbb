/**
 * How an upstream is balanced and tried, beside its servers: a JSON document of its own, read into values that the upstream
 * and the proxy go by. Start at {@link io.erulb.routing.policy.Policy}.
 */
@NullMarked
package io.erulb.routing.policy;

import org.jspecify.annotations.NullMarked;
