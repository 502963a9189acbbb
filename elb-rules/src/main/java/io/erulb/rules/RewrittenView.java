package io.erulb.rules;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The request as later filters see it once one has rewritten the path. */
record RewrittenView(RequestView request, String path) implements RequestView {
    @Override
    public String method() {
        return request.method();
    }

    @Override
    public String scheme() {
        return request.scheme();
    }

    @Override
    public String host() {
        return request.host();
    }

    @Override
    public String query() {
        return request.query();
    }

    @Override
    public @Nullable String header(String name) {
        return request.header(name);
    }

    @Override
    public List<String> headers(String name) {
        return request.headers(name);
    }

    @Override
    public InetAddress client() {
        return request.client();
    }

    @Override
    public @Nullable String cookie(String name) {
        return request.cookie(name);
    }

    @Override
    public @Nullable String queryParameter(String name) {
        return request.queryParameter(name);
    }

    @Override
    public void whenDone(Runnable action) {
        request.whenDone(action);
    }
}
