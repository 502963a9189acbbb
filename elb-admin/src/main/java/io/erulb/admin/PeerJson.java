package io.erulb.admin;

import com.google.gson.stream.JsonWriter;
import io.erulb.upstream.Peer;
import io.erulb.upstream.PeerHealth;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** How the addresses of a server are at present. */
final class PeerJson {
    private PeerJson() {}

    static void write(JsonWriter out, List<Peer> peers) throws IOException {
        out.beginArray();
        for (Peer peer : peers) {
            write(out, peer);
        }
        out.endArray();
    }

    private static void write(JsonWriter out, Peer peer) throws IOException {
        out.beginObject();
        writeMembers(out, peer);
        out.endObject();
    }

    static void writeMembers(JsonWriter out, Peer peer) throws IOException {
        PeerHealth health = peer.health();
        out.name("addr").value(ServerJson.text(peer.address()));
        out.name("state").value(health.state().name().toLowerCase(Locale.ROOT));
        if (!health.reason().isEmpty()) {
            out.name("reason").value(health.reason());
        }
        Duration age = health.age();
        if (age != null) {
            out.name("since")
                    .value(Instant.now()
                            .minus(age)
                            .truncatedTo(ChronoUnit.MILLIS)
                            .toString());
        }
        out.name("active").value(peer.active());
        out.name("weight").jsonValue(plain(peer.weight(), 2));
        out.name("latency_ms").jsonValue(plain(peer.latencyMillis(), 1));
        out.name("fails").value(peer.fails());
        out.name("ejections").value(peer.ejections());
    }

    private static String plain(double number, int decimals) {
        BigDecimal rounded = BigDecimal.valueOf(number)
                .setScale(decimals, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return rounded.toPlainString();
    }
}
