package io.erulb.server;

import io.erulb.routing.RoutingChange;
import io.undertow.Undertow;
import io.undertow.util.Headers;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A server with the example rules, two backends that tell their names, and requests to try. */
final class Demo implements AutoCloseable {
    private static final String RULES = """
            {
              "init": "r1",
              "rules": {
                "r1": {"type": "ua", "args": {"pattern": "httpie(\\\\S+)$", "succ": "r4", "fail": "r3"}},
                "r2": {"type": "backend", "args": {"servername": "upstream1"}},
                "r3": {"type": "backend", "args": {"servername": "upstream2"}},
                "r4": {"type": "path", "args": {
                  "regex": true, "pattern": "^\\\\/blog\\\\/(\\\\S+)$", "rewrite": false, "succ": "r2", "fail": "r3"}}
              }
            }
            """;

    private final CloseStack opened = new CloseStack();

    private Demo() {}

    /** Starts it on {@code LISTEN}, 127.0.0.1:8080 unless that is set, and prints what to try. */
    static Demo start(Map<String, String> environment) throws ServerStartException {
        Map<String, String> settings = new HashMap<>(Map.of("LISTEN", "127.0.0.1:8080"));
        settings.putAll(environment);
        settings.put("STORE", "memory");
        Demo demo = new Demo();
        try {
            ElbServer server = demo.opened.add(ElbServer.start(ServerConfig.of(settings)));
            server.routing().apply(demo.configuration());
            demo.explain(server.address(), System.out);
            return demo;
        } catch (ServerStartException | RuntimeException failed) {
            demo.close();
            throw failed;
        }
    }

    @Override
    public void close() {
        opened.close();
    }

    private RoutingChange configuration() {
        return RoutingChange.builder()
                .putUpstream("upstream1", Map.of(backend("upstream1"), ""))
                .putUpstream("upstream2", Map.of(backend("upstream2"), ""))
                .putDomain("127.0.0.1", RULES)
                .putDomain("localhost", RULES)
                .build();
    }

    /** Starts a backend that answers its name and the request's first line; returns its address. */
    private String backend(String name) {
        Undertow backend = Undertow.builder()
                .setIoThreads(1)
                .setWorkerThreads(1)
                .addHttpListener(0, "127.0.0.1", exchange -> {
                    exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, "text/plain");
                    exchange.getResponseSender()
                            .send(name + ": " + exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n");
                })
                .build();
        backend.start();
        opened.add(backend::stop);
        InetSocketAddress address =
                (InetSocketAddress) backend.getListenerInfo().get(0).getAddress();
        return "127.0.0.1:" + address.getPort();
    }

    private void explain(InetSocketAddress address, PrintStream out) {
        String url = "http://127.0.0.1:" + address.getPort();
        out.println("\nELB listens on " + url + " with two backends and these rules:\n\n" + RULES);
        out.println("Try these in another terminal:");
        for (Try each : tries(url)) {
            out.println("\n  # " + each.why() + "\n  " + each.command() + "\n  " + each.answer());
        }
        out.println("\nThe page that shows all this: " + url + "/__erulb__/");
        out.println("Ctrl-C ends it.");
        out.flush();
    }

    private static List<Try> tries(String url) {
        return List.of(
                new Try(
                        "r1 fails: the user agent is not httpie",
                        "curl -s " + url + "/blog/hello",
                        "upstream2: GET /blog/hello"),
                new Try(
                        "r1 and r4 succeed",
                        "curl -s -A httpie/3.2 " + url + "/blog/hello",
                        "upstream1: GET /blog/hello"),
                new Try(
                        "r1 succeeds, r4 fails: the path is no blog's",
                        "curl -s -A httpie/3.2 " + url + "/about",
                        "upstream2: GET /about"),
                new Try(
                        "no rules for this domain",
                        "curl -s -o /dev/null -w '%{http_code}\\n' -H 'Host: nobody.example' " + url + "/",
                        "404"));
    }

    private record Try(String why, String command, String answer) {}
}
