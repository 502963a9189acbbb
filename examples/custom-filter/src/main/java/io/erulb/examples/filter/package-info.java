/** A filter type of your own: {@code language}, found by its provider's name in {@code META-INF/services}. */
@NullMarked
package io.erulb.examples.filter;

import org.jspecify.annotations.NullMarked;
