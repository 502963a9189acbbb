package io.erulb.proxy;

import java.time.Duration;

/**
 * How long the proxy waits for servers. All positive; kept to within 0.2 s.
 *
 * @param connect for a connection to a server (nginx's {@code proxy_connect_timeout})
 * @param firstByte for the head of an answer once the request is sent (nginx's {@code proxy_read_timeout})
 * @param idle between two parts of an answer's body that the server sends, or of a request's that it takes
 * @param tunnelIdle between two bytes of a WebSocket, in either direction
 * @param keepAlive for the next request on a connection to a server before it is closed
 */
public record ProxyTimeouts(
        Duration connect, Duration firstByte, Duration idle, Duration tunnelIdle, Duration keepAlive) {

    /** 5 s, 30 s, 60 s, 1 h and 60 s. */
    public static ProxyTimeouts defaults() {
        return new ProxyTimeouts(
                Duration.ofSeconds(5),
                Duration.ofSeconds(30),
                Duration.ofSeconds(60),
                Duration.ofHours(1),
                Duration.ofSeconds(60));
    }
}
