package io.erulb.server.accesslog;

import static java.util.Map.entry;

import io.erulb.server.accesslog.Entry.Routed;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A part of a line that differs from request to request. */
@FunctionalInterface
interface Variable {
    void write(Entry entry, StringBuilder line);

    /** What stands where there is nothing to tell. */
    String NOTHING = "-";

    /** Those that need no header, by nginx's names; what nginx has not is {@code elb_}. */
    Map<String, Variable> BY_NAME = Map.ofEntries(
            entry("remote_addr", (e, line) -> line.append(e.client.getHostAddress())),
            entry("time_iso8601", (e, line) -> Values.rfc3339(line, e.time)),
            entry("time_local", (e, line) -> Values.common(line, e.time)),
            entry("msec", (e, line) -> Values.thousandths(line, e.time)),
            entry("request_method", (e, line) -> Escapes.plain(line, e.method)),
            entry("scheme", (e, line) -> Escapes.plain(line, e.scheme)),
            entry("http_host", (e, line) -> text(line, e.host)),
            entry("request_uri", (e, line) -> Escapes.plain(line, e.target)),
            entry("server_protocol", (e, line) -> Escapes.plain(line, e.protocol.toString())),
            entry("request", Variable::request),
            entry("status", (e, line) -> line.append(e.status)),
            entry("body_bytes_sent", (e, line) -> line.append(e.bytes)),
            entry("request_time", (e, line) -> Values.thousandths(line, e.nanos / 1_000_000)),
            entry(
                    "upstream_addr",
                    asked((r, line) -> line.append(r.server() == null ? NOTHING : Values.address(r.server())))),
            entry(
                    "upstream_response_time",
                    asked((r, line) -> Values.thousandths(line, r.upstreamNanos() / 1_000_000))),
            entry("elb_tries", asked((r, line) -> line.append(r.tries()))),
            entry("elb_domain", routed((r, line) -> own(line, r.graph().domain()))),
            entry("elb_version", routed((r, line) -> line.append(r.version()))),
            entry("elb_revision", routed((r, line) -> line.append(r.revision()))),
            entry("elb_path", routed((r, line) -> own(line, r.path()))),
            entry("elb_upstream", routed((r, line) -> own(line, r.upstream()))));

    /** What there is of requests that a domain took. */
    @FunctionalInterface
    interface OfRouted {
        void write(Routed routed, StringBuilder line);
    }

    /** A header's value, the one that entries have at an index. */
    static Variable header(int index) {
        return (e, line) -> text(line, e.headers[index]);
    }

    private static Variable routed(OfRouted part) {
        return (e, line) -> {
            Routed routed = e.routed;
            if (routed == null) {
                line.append(NOTHING);
            } else {
                part.write(routed, line);
            }
        };
    }

    /** What there is of requests that a server was asked about. */
    private static Variable asked(OfRouted part) {
        return routed((routed, line) -> {
            if (routed.tries() == 0) {
                line.append(NOTHING);
            } else {
                part.write(routed, line);
            }
        });
    }

    private static void request(Entry entry, StringBuilder line) {
        Escapes.plain(line, entry.method);
        Escapes.plain(line.append(' '), entry.target);
        Escapes.plain(line.append(' '), entry.protocol.toString());
    }

    private static void own(StringBuilder line, @Nullable String value) {
        text(line, value == null ? null : Escapes.bytes(value));
    }

    private static void text(StringBuilder line, @Nullable String value) {
        if (value == null || value.isEmpty()) {
            line.append(NOTHING);
        } else {
            Escapes.plain(line, value);
        }
    }
}
