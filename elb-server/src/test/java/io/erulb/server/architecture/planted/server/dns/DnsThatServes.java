package io.erulb.server.architecture.planted.server.dns;

import io.erulb.server.architecture.planted.server.ServerThatAsks;

/** DNS that knows the server. */
record DnsThatServes(ServerThatAsks server) {}
