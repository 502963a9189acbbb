/**
 * Graphs as text for programs that draw, and as images that are drawn here.
 *
 * <p>{@link io.erulb.rules.drawing.Picture} has what there is to draw. {@code Layout} finds a place for all of it, step by
 * step as Sugiyama has it: {@code Layers}, {@code Crossings}, {@code Placement}. The package is not exported.
 */
@NullMarked
package io.erulb.rules.drawing;

import org.jspecify.annotations.NullMarked;
