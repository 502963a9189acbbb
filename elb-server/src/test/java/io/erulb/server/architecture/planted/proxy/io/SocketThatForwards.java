package io.erulb.server.architecture.planted.proxy.io;

import io.erulb.server.architecture.planted.proxy.ProxyThatAdministers;

/** Breaks "sockets know no HTTP". */
record SocketThatForwards(ProxyThatAdministers proxy) {}
