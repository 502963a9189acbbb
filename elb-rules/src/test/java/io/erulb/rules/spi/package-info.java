/** The parts own types are made of. */
@NullMarked
package io.erulb.rules.spi;

import org.jspecify.annotations.NullMarked;
