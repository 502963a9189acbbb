package io.erulb.proxy.http1.server;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.function.LongSupplier;

/** The time as the Date field has it (RFC 9110 5.6.7), made once a second. Confined to one thread. */
final class HttpDate {
    private static final DateTimeFormatter FORMAT = DateTimeFormatter.ofPattern(
                    "EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final LongSupplier millisClock;
    private long second = -1;
    private String text = "";
    private byte[] line = new byte[0];

    HttpDate(LongSupplier millisClock) {
        this.millisClock = millisClock;
    }

    String text() {
        refresh();
        return text;
    }

    /** The whole field with its CRLF; not to be written to. */
    byte[] line() {
        refresh();
        return line;
    }

    private void refresh() {
        long current = millisClock.getAsLong() / 1000;
        if (current != second) {
            second = current;
            text = FORMAT.format(Instant.ofEpochSecond(current));
            line = ("Date: " + text + "\r\n").getBytes(StandardCharsets.US_ASCII);
        }
    }
}
