package io.erulb.server.accesslog;

import java.net.InetSocketAddress;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.Locale;

/** Times and addresses as lines have them. */
final class Values {
    private static final DateTimeFormatter RFC_3339 =
            new DateTimeFormatterBuilder().appendInstant(3).toFormatter(Locale.ROOT);
    private static final DateTimeFormatter COMMON = DateTimeFormatter.ofPattern(
                    "dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private Values() {}

    /** {@code 2026-01-31T12:00:00.123Z}. */
    static void rfc3339(StringBuilder out, long millis) {
        RFC_3339.formatTo(Instant.ofEpochMilli(millis), out);
    }

    /** {@code 31/Jan/2026:12:00:00 +0000}. */
    static void common(StringBuilder out, long millis) {
        COMMON.formatTo(Instant.ofEpochMilli(millis), out);
    }

    /** A number with three digits behind the point, of a number of thousandths. */
    static void thousandths(StringBuilder out, long thousandths) {
        out.append(thousandths / 1000).append('.');
        long rest = thousandths % 1000;
        out.append(rest < 100 ? "0" : "").append(rest < 10 ? "0" : "").append(rest);
    }

    /** {@code 127.0.0.1:8080}, with brackets around version 6. */
    static String address(InetSocketAddress server) {
        String host = server.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + server.getPort();
    }
}
