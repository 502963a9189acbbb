/**
 * Feeds the proxy well-formed messages that were spoilt by chance, from a seed, and judges both of its ends: what servers
 * receive and what clients hear. Start at {@link io.erulb.proxy.fuzz.Case} (what is sent, and what may come of it), {@link
 * io.erulb.proxy.fuzz.Mutation} (how it is spoilt), {@link io.erulb.proxy.fuzz.ServerSide} and {@link
 * io.erulb.proxy.fuzz.Verdict} (the two judges).
 *
 * <p>It knows of the proxy only what its documents promise; well-formedness is judged by {@link io.erulb.proxy.wire}.
 */
package io.erulb.proxy.fuzz;
