package io.erulb.rules;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request of some facts, of which a test may change what it likes. */
public class FactsView implements RequestView {
    private final RequestFacts facts;

    /** A request of these facts. */
    public FactsView(RequestFacts facts) {
        this.facts = facts;
    }

    @Override
    public String method() {
        return facts.method();
    }

    @Override
    public String scheme() {
        return facts.scheme();
    }

    @Override
    public String host() {
        return facts.host();
    }

    @Override
    public String path() {
        return facts.path();
    }

    @Override
    public String query() {
        return facts.query();
    }

    @Override
    public @Nullable String header(String name) {
        return facts.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return facts.headers(name);
    }

    @Override
    public InetAddress client() {
        return facts.client();
    }
}
