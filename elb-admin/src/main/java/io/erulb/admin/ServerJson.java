package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.ServerSpec;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/** Servers as the original shows them: where they are, as they were named, and nginx's parameters. */
final class ServerJson {
    private ServerJson() {}

    static void write(JsonWriter out, List<ResolvedServer> servers) throws IOException {
        out.beginArray();
        for (ResolvedServer server : servers) {
            write(out, server);
        }
        out.endArray();
    }

    private static void write(JsonWriter out, ResolvedServer server) throws IOException {
        ServerSpec spec = server.spec();
        out.beginObject().name("addr");
        writeAddresses(out, server.addresses());
        out.name("name").value(spec.address());
        out.name("weight").value(spec.weight());
        out.name("max_fails").value(spec.maxFails());
        out.name("fail_timeout").jsonValue(seconds(spec.failTimeout()));
        if (spec.maxConns() > 0) {
            out.name("max_conns").value(spec.maxConns());
        }
        writeFlag(out, "down", spec.down());
        writeFlag(out, "backup", spec.backup());
        out.endObject();
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

    private static String text(InetSocketAddress address) {
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
