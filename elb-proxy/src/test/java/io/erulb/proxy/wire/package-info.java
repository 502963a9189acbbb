/**
 * Judges what goes over the wire on both sides of the proxy, by parsers that are strict and share nothing with the ones
 * under test: {@link io.erulb.proxy.wire.StrictRequestParser} reads what an upstream receives,
 * {@link io.erulb.proxy.wire.StrictResponseParser} what a client does, {@link io.erulb.proxy.wire.RecordingUpstream} is a
 * server that takes down the former.
 *
 * <p>{@link io.erulb.proxy.wire.WireCases} is the table of what may come of which bytes; every case is seen to fail when
 * a {@link io.erulb.proxy.wire.PlantedFault} of its class is written into the proxy.
 */
@NullMarked
package io.erulb.proxy.wire;

import org.jspecify.annotations.NullMarked;
