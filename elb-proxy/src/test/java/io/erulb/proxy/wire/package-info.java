/**
 * Judges what goes over the wire on both sides of the proxy, by parsers that are strict and share nothing with the ones
 * under test: {@link io.erulb.proxy.wire.StrictRequestParser} reads what an upstream receives,
 * {@link io.erulb.proxy.wire.StrictResponseParser} what a client does, {@link io.erulb.proxy.wire.RecordingUpstream} is a
 * server that takes down the former.
 */
@NullMarked
package io.erulb.proxy.wire;

import org.jspecify.annotations.NullMarked;
