package io.erulb.examples.proxy;

import io.erulb.proxy.ElbProxy;
import io.erulb.routing.LiveRouting;
import io.erulb.routing.RoutingChange;
import io.erulb.routing.RoutingOptions;
import io.undertow.Undertow;
import java.net.InetSocketAddress;

/** An Undertow that answers {@code /hello} itself and lets the proxy forward everything else. */
public final class EmbedProxy implements AutoCloseable {
    private static final String RULES = """
            {"init": "all", "rules": {"all": {"type": "backend", "args": {"servername": "site"}}}}
            """;

    private final LiveRouting routing = LiveRouting.create(RoutingOptions.defaults());
    private final ElbProxy proxy = ElbProxy.builder(routing).build();
    private final Undertow undertow;

    /** Starts on a port of the loopback interface, 0 for any, and forwards to the given servers. */
    public EmbedProxy(int port, String... servers) {
        forwardTo(servers);
        undertow = ElbProxy.configure(Undertow.builder())
                .addHttpListener(port, "127.0.0.1", exchange -> {
                    if (exchange.getRequestPath().equals("/hello")) {
                        exchange.getResponseSender().send("hello from the embedder\n");
                    } else {
                        proxy.handleRequest(exchange);
                    }
                })
                .build();
        undertow.start();
    }

    /** Replaces the servers. Requests that run are not disturbed. */
    public void forwardTo(String... servers) {
        RoutingChange.Builder change = RoutingChange.builder().removeUpstream("site");
        for (String server : servers) {
            change.putServer("site", server, "max_fails=2");
        }
        routing.apply(change.putDomain("*", RULES).build());
    }

    /** Where it listens. */
    public InetSocketAddress address() {
        return (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    }

    @Override
    public void close() {
        undertow.stop();
        proxy.close();
        routing.close();
    }

    /** Forwards what comes to port 8080 to the servers named by the arguments, each {@code host:port}. */
    public static void main(String[] servers) {
        EmbedProxy proxy = new EmbedProxy(8080, servers);
        System.out.println("forwarding " + proxy.address() + " to " + String.join(", ", servers));
    }
}
