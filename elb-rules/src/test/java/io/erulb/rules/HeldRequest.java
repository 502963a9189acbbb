package io.erulb.rules;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request that is under way until the test ends it. */
public final class HeldRequest implements RequestView {
    private final RequestFacts facts;
    private final List<Runnable> actions = new ArrayList<>();

    /** A request of these facts. */
    public HeldRequest(RequestFacts facts) {
        this.facts = facts;
    }

    /** Ends the request. */
    public void end() {
        actions.forEach(Runnable::run);
        actions.clear();
    }

    /** How many wait for its end. */
    public int waiting() {
        return actions.size();
    }

    @Override
    public void whenDone(Runnable action) {
        actions.add(action);
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
