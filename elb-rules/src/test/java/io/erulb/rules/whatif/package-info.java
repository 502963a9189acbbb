/** What is kept of requests, and what other rules would have made of them. */
@NullMarked
package io.erulb.rules.whatif;

import org.jspecify.annotations.NullMarked;
