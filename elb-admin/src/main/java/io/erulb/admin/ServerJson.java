package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.upstream.Peer;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.ServerSpec;
import io.erulb.upstream.Upstream;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Servers as the original shows them: where they are, as they were named, and nginx's parameters. */
final class ServerJson {
    private ServerJson() {}

    /** {@code verbose} tells of each address how it is. */
    static void write(JsonWriter out, Upstream upstream, boolean verbose) throws IOException {
        out.beginArray();
        List<Peer> peers = upstream.peers();
        int peer = 0;
        for (ResolvedServer server : upstream.servers()) {
            out.beginObject();
            write(out, server);
            if (verbose) {
                // One for each address of each server, in their order.
                int next = peer + server.addresses().size();
                PeerJson.write(out.name("peers"), peers.subList(peer, next));
                peer = next;
            }
            out.endObject();
        }
        out.endArray();
    }

    private static void write(JsonWriter out, ResolvedServer server) throws IOException {
        ServerSpec spec = server.spec();
        writeAddresses(out.name("addr"), server.addresses());
        out.name("name").value(spec.address());
        out.name("weight").value(spec.weight());
        out.name("max_fails").value(spec.maxFails());
        out.name("fail_timeout").jsonValue(seconds(spec.failTimeout()));
        if (spec.maxConns() > 0) {
            out.name("max_conns").value(spec.maxConns());
        }
        writeFlag(out, "down", spec.down());
        writeFlag(out, "backup", spec.backup());
        writeFlag(out, "drain", spec.drain());
    }

    /** A string for the usual one address, an array for several or, with a name that does not resolve, none. */
    private static void writeAddresses(JsonWriter out, List<InetSocketAddress> addresses) throws IOException {
        if (addresses.size() == 1) {
            out.value(text(addresses.get(0)));
            return;
        }
        out.beginArray();
        for (InetSocketAddress address : addresses) {
            out.value(text(address));
        }
        out.endArray();
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        boolean brackets = address.getAddress() instanceof Inet6Address;
        return (brackets ? "[" + host + "]" : host) + ":" + address.getPort();
    }

    private static String seconds(Duration time) {
        return BigDecimal.valueOf(time.toMillis(), 3).stripTrailingZeros().toPlainString();
    }

    private static void writeFlag(JsonWriter out, String name, boolean set) throws IOException {
        if (set) {
            out.name(name).value(true);
        }
    }
}
