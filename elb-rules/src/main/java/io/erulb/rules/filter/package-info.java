/**
 * The built-in filter and terminal types, one provider each.
 *
 * <p>They use nothing but {@link io.erulb.rules.spi} and are found like anyone's; the providers are public because {@link
 * java.util.ServiceLoader} wants that, and the package is not exported. Filters that look at one text of the request share
 * {@code TextCondition}; the two terminals that set headers share {@code Headers}.
 */
@NullMarked
package io.erulb.rules.filter;

import org.jspecify.annotations.NullMarked;
