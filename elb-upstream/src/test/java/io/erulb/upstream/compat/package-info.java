/** What operators of the original ELB rely on, one class for each promise about upstreams. */
@NullMarked
package io.erulb.upstream.compat;

import org.jspecify.annotations.NullMarked;
