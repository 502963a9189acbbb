package io.erulb.upstream.testing;

import io.erulb.upstream.Attempt;
import io.erulb.upstream.Peer;
import io.erulb.upstream.ResolvedServer;
import io.erulb.upstream.ServerSpec;
import io.erulb.upstream.Upstream;
import io.erulb.upstream.UpstreamOptions;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Servers written as {@code "a weight=5"}: a letter, whose address is always the same, and parameters. */
public final class Servers {
    private Servers() {}

    public static List<ResolvedServer> of(String... written) {
        return Stream.of(written).map(Servers::server).toList();
    }

    public static Upstream upstream(String... written) {
        return Upstream.of("up", of(written), UpstreamOptions.defaults());
    }

    public static Upstream upstream(TestClock clock, String... written) {
        return Upstream.of("up", of(written), options(clock));
    }

    public static UpstreamOptions options(TestClock clock) {
        return UpstreamOptions.defaults().withNanoClock(clock).withRandom(RandomGenerator.of("L64X128MixRandom"));
    }

    /** A name with as many addresses as given, {@code 10.0.N.1} and so on. */
    public static ResolvedServer named(String written, String... addresses) {
        return new ResolvedServer(
                spec(written), Stream.of(addresses).map(ip -> address(ip, 80)).toList());
    }

    public static InetSocketAddress address(String ip, int port) {
        try {
            return new InetSocketAddress(InetAddress.getByName(ip), port);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(ip, e);
        }
    }

    public static Peer peer(Upstream upstream, String host) {
        return upstream.peers().stream()
                .filter(peer -> peer.spec().host().equals(host))
                .findFirst()
                .orElseThrow();
    }

    /** Starts an attempt there must be. */
    public static Attempt pick(Upstream upstream, @Nullable Attempt previous) {
        return Objects.requireNonNull(upstream.pick(previous), "an attempt");
    }

    /** Starts attempts until one is at the host, with every other one ended well. */
    public static Attempt pickAt(Upstream upstream, String host) {
        for (int i = 0; i < 1_000; i++) {
            Attempt attempt = pick(upstream, null);
            if (host(attempt).equals(host)) {
                return attempt;
            }
            attempt.abandoned();
        }
        throw new AssertionError("no attempt at " + host);
    }

    /** The hosts of so many first attempts in a row, each ended well: {@code "a b a"}. */
    public static String picks(Upstream upstream, int count) {
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Attempt attempt = pick(upstream, null);
            hosts.add(host(attempt));
            attempt.succeeded();
        }
        return String.join(" ", hosts);
    }

    public static String host(Attempt attempt) {
        return attempt.peer().spec().host();
    }

    private static ResolvedServer server(String written) {
        ServerSpec spec = spec(written);
        return new ResolvedServer(spec, List.of(address("10.0.0." + (spec.host().charAt(0) - 'a' + 1), spec.port())));
    }

    private static ServerSpec spec(String written) {
        int blank = written.indexOf(' ');
        return blank < 0
                ? ServerSpec.parse(written, "")
                : ServerSpec.parse(written.substring(0, blank), written.substring(blank + 1));
    }
}
