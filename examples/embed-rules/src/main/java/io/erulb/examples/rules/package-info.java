/** The rule engine without a server: what a rule document decides about a request, and why. */
@NullMarked
package io.erulb.examples.rules;

import org.jspecify.annotations.NullMarked;
