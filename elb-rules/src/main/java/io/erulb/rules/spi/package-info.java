/**
 * What an own filter or terminal type is made of.
 *
 * <p>A {@link io.erulb.rules.spi.FilterProvider} names a type and builds a {@link io.erulb.rules.spi.Filter} from {@link
 * io.erulb.rules.spi.FilterArgs}; {@link io.erulb.rules.spi.TerminalProvider} and {@link io.erulb.rules.spi.Terminal}
 * are the same for the ends of a walk. Providers are found by {@link java.util.ServiceLoader}; the built-in types use
 * nothing else.
 */
@NullMarked
package io.erulb.rules.spi;

import org.jspecify.annotations.NullMarked;
