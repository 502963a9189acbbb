/**
 * What it takes to add a way of balancing: a {@link io.erulb.upstream.spi.BalancerProvider}, named in
 * {@code META-INF/services} and found by type, makes a {@link io.erulb.upstream.spi.Balancer}, whose one method chooses
 * a peer. The built-in balancers use these types and nothing else.
 */
@NullMarked
package io.erulb.upstream.spi;

import org.jspecify.annotations.NullMarked;
