package io.erulb.proxy.http1.server;

import java.time.Duration;

/**
 * What a client may take of a server before it is told off. Immutable.
 *
 * @param maxHead bytes of a request's head, request line included; more is answered 431
 * @param maxFields header fields of a request; more is answered 431
 * @param maxTarget bytes of a request's target; more is answered 414
 * @param maxBody bytes of a request's body; more is answered 413 when announced, and breaks the body's reader when not
 * @param headTimeout from the first byte of a head to its end; longer is answered 408
 * @param keepAlive without a request on an open connection; then it is closed without a word
 * @param sendIdle between two parts of an answer that the client takes; longer closes the connection
 * @param maxConnections open at a time; one more is answered 503 and closed
 * @param maxPerClient open at a time from one address; one more is answered 503 and closed
 * @param lingerBytes read and thrown away of a body nobody wants, before the connection is closed
 * @param lingerTime spent on that at most
 */
public record Http1Limits(
        int maxHead,
        int maxFields,
        int maxTarget,
        long maxBody,
        Duration headTimeout,
        Duration keepAlive,
        Duration sendIdle,
        int maxConnections,
        int maxPerClient,
        long lingerBytes,
        Duration lingerTime) {

    /** Checks that every limit lets something through; throws {@link IllegalArgumentException} if not. */
    public Http1Limits {
        atLeast("maxHead", maxHead, 64);
        atLeast("maxFields", maxFields, 1);
        atLeast("maxTarget", maxTarget, 1);
        atLeast("maxBody", maxBody, 1);
        atLeast("headTimeout in milliseconds", headTimeout.toMillis(), 1);
        atLeast("keepAlive in milliseconds", keepAlive.toMillis(), 1);
        atLeast("sendIdle in milliseconds", sendIdle.toMillis(), 1);
        atLeast("maxConnections", maxConnections, 1);
        atLeast("maxPerClient", maxPerClient, 1);
        atLeast("lingerBytes", lingerBytes, 0);
        atLeast("lingerTime in milliseconds", lingerTime.toMillis(), 1);
    }

    private static void atLeast(String name, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(name + ": " + value + " (expected: at least " + least + ")");
        }
    }

    /** 32 KiB of head, 200 fields, 16 KiB of target, 50 MiB of body, 10 s for a head, 75 s of keep-alive, 60 s to send. */
    public static Http1Limits defaults() {
        return new Http1Limits(
                32 * 1024,
                200,
                16 * 1024,
                50L * 1024 * 1024,
                Duration.ofSeconds(10),
                Duration.ofSeconds(75),
                Duration.ofSeconds(60),
                65_536,
                16_384,
                256 * 1024,
                Duration.ofSeconds(5));
    }

    /** The same with other limits for a head: bytes in all, fields, bytes of the target. */
    public Http1Limits withHead(int bytes, int fields, int target) {
        return new Http1Limits(
                bytes,
                fields,
                target,
                maxBody,
                headTimeout,
                keepAlive,
                sendIdle,
                maxConnections,
                maxPerClient,
                lingerBytes,
                lingerTime);
    }

    /** The same with another limit for a body, in bytes. */
    public Http1Limits withBody(long bytes) {
        return new Http1Limits(
                maxHead,
                maxFields,
                maxTarget,
                bytes,
                headTimeout,
                keepAlive,
                sendIdle,
                maxConnections,
                maxPerClient,
                lingerBytes,
                lingerTime);
    }

    /** The same with other times: for a head to come in, and for a connection to stay unused. */
    public Http1Limits withTimeouts(Duration head, Duration idle) {
        return new Http1Limits(
                maxHead,
                maxFields,
                maxTarget,
                maxBody,
                head,
                idle,
                sendIdle,
                maxConnections,
                maxPerClient,
                lingerBytes,
                lingerTime);
    }

    /** The same with another time that a client may take nothing of its answer. */
    public Http1Limits withSendIdle(Duration time) {
        return new Http1Limits(
                maxHead,
                maxFields,
                maxTarget,
                maxBody,
                headTimeout,
                keepAlive,
                time,
                maxConnections,
                maxPerClient,
                lingerBytes,
                lingerTime);
    }

    /** The same with other numbers of connections: in all, and from one address. */
    public Http1Limits withConnections(int inAll, int perClient) {
        return new Http1Limits(
                maxHead,
                maxFields,
                maxTarget,
                maxBody,
                headTimeout,
                keepAlive,
                sendIdle,
                inAll,
                perClient,
                lingerBytes,
                lingerTime);
    }

    /** The same with other bounds on what is read only to be thrown away. */
    public Http1Limits withLinger(long bytes, Duration time) {
        return new Http1Limits(
                maxHead,
                maxFields,
                maxTarget,
                maxBody,
                headTimeout,
                keepAlive,
                sendIdle,
                maxConnections,
                maxPerClient,
                bytes,
                time);
    }
}
