/**
 * Holds the arrows between the modules. {@code Arrows} states them, {@code ArchitectureTest} checks our classes against
 * them, and the packages under {@code planted} break each of them once, so that each is known to bite.
 */
@NullMarked
package io.erulb.server.architecture;

import org.jspecify.annotations.NullMarked;
