/**
 * The built-in balancers. Each is found through {@link io.erulb.upstream.spi.BalancerProvider} like one of a foreign
 * jar, and sees no more of a peer than such a one; its class opens with the algorithm by example.
 */
@NullMarked
package io.erulb.upstream.balancer;

import org.jspecify.annotations.NullMarked;
