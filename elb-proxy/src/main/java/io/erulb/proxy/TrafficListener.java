package io.erulb.proxy;

/** Is told of each request that was forwarded, or should have been. Called on I/O threads: must not block or throw. */
@FunctionalInterface
public interface TrafficListener {
    /** Does nothing. */
    TrafficListener NONE = (domain, status, upstreamNanos) -> {};

    /**
     * A request to a domain is over, as far as its upstream is concerned.
     *
     * @param domain the domain as its rules are keyed
     * @param status what the client is answered, 502, 503 and 504 of our own included; 499 when the client left before
     *     its answer began
     * @param upstreamNanos the time all tries took together, in nanoseconds
     */
    void completed(String domain, int status, long upstreamNanos);
}
