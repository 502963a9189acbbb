/** A balancer of your own: {@code first}, found by its provider's name in {@code META-INF/services}. */
@NullMarked
package io.erulb.examples.balancer;

import org.jspecify.annotations.NullMarked;
