package io.erulb.server;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Writes the lines of a request and packs them into datagrams that fit an Ethernet frame. A request of domain
 * {@code example.com} answered 200 after 12 ms becomes
 *
 * <pre>
 * ELB.example_com.total:1|c
 * ELB.example_com.status.200:1|c
 * ELB.example_com.cost:12|ms
 * </pre>
 *
 * as the original wrote it. Use from one thread.
 */
final class StatsdLines implements EventRing.Consumer {
    /** 1,500 bytes less the largest usual headers; a fragmented datagram is lost with any of its parts. */
    static final int DATAGRAM = 1_432;

    /** Names are kept written out; more than this many at once are not worth the memory. */
    private static final int KEPT_NAMES = 10_000;

    private final String prefix;
    private final Consumer<ByteBuffer> datagrams;
    private final Map<String, String> names = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(DATAGRAM);

    /** Lines whose names begin with {@code prefix}; full datagrams go to {@code datagrams}, ready to be read. */
    StatsdLines(String prefix, Consumer<ByteBuffer> datagrams) {
        this.prefix = clean(prefix);
        this.datagrams = datagrams;
    }

    @Override
    public void accept(String domain, int status, long upstreamNanos) {
        String name = name(domain);
        add(name + ".total:1|c");
        add(name + ".status." + status + ":1|c");
        add(name + ".cost:" + TimeUnit.NANOSECONDS.toMillis(upstreamNanos + 500_000) + "|ms");
    }

    /** Hands on what has not filled a datagram. */
    void flush() {
        if (buffer.position() > 0) {
            datagrams.accept(buffer.flip());
            buffer.clear();
        }
    }

    private void add(String line) {
        byte[] bytes = line.getBytes(StandardCharsets.US_ASCII);
        if (bytes.length > DATAGRAM) {
            return;
        }
        if (bytes.length + 1 > buffer.remaining()) {
            flush();
        }
        if (buffer.position() > 0) {
            buffer.put((byte) '\n');
        }
        buffer.put(bytes);
    }

    private String name(String domain) {
        if (names.size() >= KEPT_NAMES) {
            names.clear();
        }
        return names.computeIfAbsent(domain, key -> prefix + "." + clean(withoutPort(key)));
    }

    /** A colon inside an IPv6 literal is none before a port. */
    private static String withoutPort(String domain) {
        int colon = domain.indexOf(':', domain.lastIndexOf(']') + 1);
        return colon < 0 ? domain : domain.substring(0, colon);
    }

    /** Dots part the levels of a name; colon, bar and line break part its fields. */
    static String clean(String text) {
        return text.replaceAll("[^A-Za-z0-9_-]", "_");
    }
}
