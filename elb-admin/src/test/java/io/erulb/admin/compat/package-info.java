/** What clients of the original ELB rely on, one class for each promise about the admin API. */
@NullMarked
package io.erulb.admin.compat;

import org.jspecify.annotations.NullMarked;
