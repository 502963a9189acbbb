package io.erulb.proxy;

import java.time.Duration;

/**
 * How long the proxy waits for clients while a request runs. All positive; kept to within 0.2 s.
 *
 * @param body between two parts of a request's body (nginx's {@code client_body_timeout}); then 408
 * @param send between two parts of an answer that the client takes (nginx's {@code send_timeout}); then the connection
 *     is closed
 */
public record ClientTimeouts(Duration body, Duration send) {

    /** 60 s each. */
    public static ClientTimeouts defaults() {
        return new ClientTimeouts(Duration.ofSeconds(60), Duration.ofSeconds(60));
    }
}
