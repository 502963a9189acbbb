/** Runs what the README tells people to run. Start at {@code ReadmeIT}. */
@NullMarked
package io.erulb.examples.readme;

import org.jspecify.annotations.NullMarked;
