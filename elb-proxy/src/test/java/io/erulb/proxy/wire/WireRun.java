package io.erulb.proxy.wire;

import io.erulb.proxy.wire.WireCase.Answer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs cases, each through a proxy of its own in front of a recording server of its own. */
final class WireRun {
    private static final String PROBE =
            "GET " + Outcome.PROBE + " HTTP/1.1\r\nHost: a.local\r\nConnection: close\r\n\r\n";
    private static final String MARKER = "/marker";

    private final Proxies proxies;
    private final Duration patience;

    /** Starts a proxy in front of a server; answers its port and what stops it. */
    @FunctionalInterface
    interface Proxies {
        Map.Entry<Integer, Runnable> start(String server) throws Exception;
    }

    /**
     * A run.
     *
     * @param patience how long a client waits for more; what is right never takes that long
     */
    WireRun(Proxies proxies, Duration patience) {
        this.proxies = proxies;
        this.patience = patience;
    }

    /** Runs a case, its request written in pieces of so many bytes; throws an {@link AssertionError} when it fails. */
    void check(WireCase one, int piece) throws Exception {
        Outcome outcome = run(one, piece);
        try {
            if (outcome.malformed() != null) {
                throw new AssertionError("the client got something malformed: " + outcome.malformed());
            }
            if (outcome.received().stream().anyMatch(Received::isMalformed)) {
                throw new AssertionError("a server got something malformed");
            }
            one.expected().check(outcome);
        } catch (AssertionError e) {
            throw new AssertionError(one + ": " + e.getMessage() + "\n" + outcome, e);
        }
    }

    private Outcome run(WireCase one, int piece) throws Exception {
        try (RecordingUpstream upstream = RecordingUpstream.start(exchange -> answer(exchange, one.answer()))) {
            Map.Entry<Integer, Runnable> proxy = proxies.start(upstream.address());
            List<WireResponse> answers = new ArrayList<>();
            String malformed;
            try {
                malformed = converse(one, piece, proxy.getKey(), answers);
            } finally {
                proxy.getValue().run();
            }
            settle(upstream);
            List<Received> received = upstream.received().stream()
                    .filter(each -> !targets(each, MARKER))
                    .toList();
            return new Outcome(answers, malformed, received, upstream.connections() - 1);
        }
    }

    private static boolean targets(Received one, String target) {
        WireRequest request = one.request();
        return request != null && request.target().equals(target);
    }

    private static void answer(RecordingUpstream.Exchange exchange, Answer answer) throws IOException {
        String target = exchange.head().target();
        if (target.equals(Outcome.PROBE) || target.equals(MARKER)) {
            exchange.request();
            exchange.ok(target);
            return;
        }
        exchange.request();
        exchange.send(answer.bytes());
        if (answer.then() == Answer.Then.CLOSE) {
            exchange.close();
        } else if (answer.then() == Answer.Then.RESET) {
            exchange.reset();
        }
    }

    /** Sends what the case says, and reads until the connection ends; answers what was malformed, or null. */
    private @Nullable String converse(WireCase one, int piece, int port, List<WireResponse> answers)
            throws IOException {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            client.setTcpNoDelay(true);
            client.setSoTimeout((int) patience.toMillis());
            send(client, one, piece);
            StrictResponseParser parser = new StrictResponseParser(client.getInputStream());
            StrictResponseParser.Asked asked = one.asked();
            WireResponse answer = parser.next(asked);
            while (answer != null) {
                answers.add(answer);
                if (answer.status() == 101) {
                    return null;
                }
                asked = answer.status() < 200 ? asked : StrictResponseParser.Asked.PLAIN;
                answer = answer.complete() ? parser.next(asked) : null;
            }
            return null;
        } catch (MalformedException | CutException e) {
            return e.getMessage();
        } catch (IOException late) {
            return "nothing more came: " + late.getMessage();
        }
    }

    private static void send(Socket client, WireCase one, int piece) throws IOException {
        byte[] bytes = (one.isCut() ? one.request() : one.request() + PROBE).getBytes(StandardCharsets.ISO_8859_1);
        OutputStream out = client.getOutputStream();
        try {
            for (int at = 0; at < bytes.length; at += piece) {
                out.write(bytes, at, Math.min(piece, bytes.length - at));
            }
            if (one.isCut()) {
                client.shutdownOutput();
            }
        } catch (IOException refusedEarly) {
            // The proxy said no and closed before all of it was written: its answer tells.
        }
    }

    /** Makes sure that everything the proxy sent was taken down: connections are accepted in their order. */
    private void settle(RecordingUpstream upstream) throws Exception {
        String[] address = upstream.address().split(":", -1);
        try (Socket marker = new Socket(address[0], Integer.parseInt(address[1]))) {
            marker.getOutputStream()
                    .write(("GET " + MARKER + " HTTP/1.1\r\nHost: m\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            marker.getInputStream().read();
        }
        if (!upstream.awaitAllClosed(Duration.ofSeconds(10))) {
            throw new AssertionError("a connection to the server is left open");
        }
    }
}
