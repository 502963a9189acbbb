/** What clients of the original ELB can depend on, one class for each group of behaviours. */
@NullMarked
package io.erulb.rules.compat;

import org.jspecify.annotations.NullMarked;
