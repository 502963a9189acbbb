/** The proxy as a handler in an Undertow of your own, with routing changed from code. */
@NullMarked
package io.erulb.examples.proxy;

import org.jspecify.annotations.NullMarked;
