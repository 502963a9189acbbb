package io.erulb.server.architecture.planted.server;

import org.xbill.DNS.Name;

/** A server that asks DNS itself. */
public record ServerThatAsks(Name name) {}
