package io.erulb.server.accesslog;

import io.erulb.server.accesslog.Entry.Routed;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A JSON object a line (RFC 8259), in ASCII; what there is nothing to say of has no member. */
final class JsonLines extends LineFormat {
    private static final int LISTED = 2;

    private final List<HttpString> headers;

    JsonLines(List<String> listed) {
        List<HttpString> all = new ArrayList<>(List.of(Headers.USER_AGENT, Headers.REFERER));
        listed.forEach(name -> all.add(new HttpString(name)));
        this.headers = List.copyOf(all);
    }

    @Override
    List<HttpString> headers() {
        return headers;
    }

    @Override
    void write(Entry entry, StringBuilder line) {
        List<String> cut = new ArrayList<>(0);
        line.append("{\"time\":\"");
        Values.rfc3339(line, entry.time);
        line.append('"');
        request(entry, line, cut);
        line.append(",\"status\":").append(entry.status);
        line.append(",\"bytes\":").append(entry.bytes);
        millis(line, "duration_ms", entry.nanos);
        if (entry.routed != null) {
            routed(entry.routed, line);
        }
        text(line, "user_agent", entry.headers[0], cut);
        text(line, "referer", entry.headers[1], cut);
        listed(entry, line, cut);
        cuts(line, cut);
        line.append('}');
    }

    private static void request(Entry entry, StringBuilder line, List<String> cut) {
        text(line, "client", entry.client.getHostAddress(), cut);
        text(line, "method", entry.method, cut);
        text(line, "scheme", entry.scheme, cut);
        text(line, "host", entry.host, cut);
        text(line, "target", entry.target, cut);
        text(line, "protocol", entry.protocol.toString(), cut);
    }

    private static void routed(Routed routed, StringBuilder line) {
        own(line, "domain", routed.graph().domain());
        line.append(",\"version\":").append(routed.version());
        line.append(",\"revision\":").append(routed.revision());
        own(line, "path", routed.path());
        if (routed.upstream() != null) {
            own(line, "upstream", routed.upstream());
        }
        if (routed.server() != null) {
            own(line, "server", Values.address(routed.server()));
            line.append(",\"tries\":").append(routed.tries());
            millis(line, "upstream_ms", routed.upstreamNanos());
        }
    }

    private void listed(Entry entry, StringBuilder line, List<String> cut) {
        boolean any = false;
        for (int i = LISTED; i < entry.headers.length; i++) {
            String value = entry.headers[i];
            if (value != null) {
                String name = headers.get(i).toString();
                line.append(any ? "," : ",\"headers\":{");
                any = true;
                Escapes.json(line, name);
                if (Escapes.jsonCut(line.append(':'), value)) {
                    cut.add("headers." + name);
                }
            }
        }
        line.append(any ? "}" : "");
    }

    private static void cuts(StringBuilder line, List<String> cut) {
        for (int i = 0; i < cut.size(); i++) {
            Escapes.json(line.append(i == 0 ? ",\"cut\":[" : ","), cut.get(i));
        }
        line.append(cut.isEmpty() ? "" : "]");
    }

    /** What the client said, as long as it may be. */
    private static void text(StringBuilder line, String name, @Nullable String value, List<String> cut) {
        if (value != null && Escapes.jsonCut(line.append(",\"").append(name).append("\":"), value)) {
            cut.add(name);
        }
    }

    /** What is ours, whole. */
    private static void own(StringBuilder line, String name, String value) {
        Escapes.json(line.append(",\"").append(name).append("\":"), value);
    }

    private static void millis(StringBuilder line, String name, long nanos) {
        Values.thousandths(line.append(",\"").append(name).append("\":"), nanos / 1000);
    }
}
