/** The built-in types, driven through compiled documents. */
@NullMarked
package io.erulb.rules.filter;

import org.jspecify.annotations.NullMarked;
