package io.erulb.proxy.http1.server;

import java.time.Duration;

/**
 * What a client may take of a server before it is told off. Immutable.
 *
 * @param head of a request's head
 * @param maxBody bytes of a request's body; more is answered 413 when announced, and breaks the body's reader when not
 * @param waits for the client
 * @param connections open at a time
 * @param linger on what is read only to be thrown away
 */
public record Http1Limits(Head head, long maxBody, Waits waits, Connections connections, Linger linger) {

    /** Checks that the limit lets something through; throws {@link IllegalArgumentException} if not. */
    public Http1Limits {
        atLeast("maxBody", maxBody, 1);
    }

    /**
     * Limits of a request's head. Checked like all of these.
     *
     * @param bytes in all, request line included; more is answered 431
     * @param fields header fields; more is answered 431
     * @param target bytes of the target; more is answered 414
     */
    public record Head(int bytes, int fields, int target) {
        /** Checks that the limits let something through. */
        public Head {
            atLeast("maxHead", bytes, 64);
            atLeast("maxFields", fields, 1);
            atLeast("maxTarget", target, 1);
        }
    }

    /**
     * How long the server waits for a client.
     *
     * @param head from the first byte of a head to its end; longer is answered 408
     * @param keepAlive without a request on an open connection; then it is closed without a word
     * @param sendIdle between two parts of an answer that the client takes; longer closes the connection
     */
    public record Waits(Duration head, Duration keepAlive, Duration sendIdle) {
        /** Checks that each leaves some time. */
        public Waits {
            atLeast("headTimeout in milliseconds", head.toMillis(), 1);
            atLeast("keepAlive in milliseconds", keepAlive.toMillis(), 1);
            atLeast("sendIdle in milliseconds", sendIdle.toMillis(), 1);
        }
    }

    /**
     * Connections open at a time.
     *
     * @param inAll one more is answered 503 and closed
     * @param perClient from one address; one more is answered 429 (RFC 6585) and closed
     */
    public record Connections(int inAll, int perClient) {
        /** Checks that one is let in. */
        public Connections {
            atLeast("maxConnections", inAll, 1);
            atLeast("maxPerClient", perClient, 1);
        }
    }

    /**
     * Bounds on what is read of a body nobody wants, so that its client gets to read the answer.
     *
     * @param bytes read and thrown away before the connection is closed
     * @param time spent on that at most
     */
    public record Linger(long bytes, Duration time) {
        /** Checks that the time is not nothing. */
        public Linger {
            atLeast("lingerBytes", bytes, 0);
            atLeast("lingerTime in milliseconds", time.toMillis(), 1);
        }
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least " + least + ")");
        }
    }

    /**
     * 32 KiB of head, 200 fields, 16 KiB of target; 50 MiB of body; 10 s for a head, 75 s of keep-alive, 60 s to send;
     * 65,536 connections, 16,384 from one address; 256 KiB and 5 s of lingering.
     */
    public static Http1Limits defaults() {
        return new Http1Limits(
                new Head(32 * 1024, 200, 16 * 1024),
                50L * 1024 * 1024,
                new Waits(Duration.ofSeconds(10), Duration.ofSeconds(75), Duration.ofSeconds(60)),
                new Connections(65_536, 16_384),
                new Linger(256 * 1024, Duration.ofSeconds(5)));
    }

    /** The same with other limits of a head. */
    public Http1Limits withHead(Head other) {
        return new Http1Limits(other, maxBody, waits, connections, linger);
    }

    /** The same with another limit of a body, in bytes. */
    public Http1Limits withBody(long bytes) {
        return new Http1Limits(head, bytes, waits, connections, linger);
    }

    /** The same with other waits. */
    public Http1Limits withWaits(Waits other) {
        return new Http1Limits(head, maxBody, other, connections, linger);
    }

    /** The same with other numbers of connections. */
    public Http1Limits withConnections(Connections other) {
        return new Http1Limits(head, maxBody, waits, other, linger);
    }

    /** The same with other bounds on lingering. */
    public Http1Limits withLinger(Linger other) {
        return new Http1Limits(head, maxBody, waits, connections, other);
    }
}
