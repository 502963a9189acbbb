package io.erulb.proxy;

import io.erulb.rules.RequestView;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderValues;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What rules see of an exchange. For one request, on its I/O thread. */
final class ExchangeView implements RequestView {
    private final HttpServerExchange exchange;
    private final RequestTarget target;
    private final String path;
    private final ForwardedFields policy;
    private @Nullable String host;

    ExchangeView(HttpServerExchange exchange, RequestTarget target, String normalPath, ForwardedFields policy) {
        this.exchange = exchange;
        this.target = target;
        this.path = normalPath;
        this.policy = policy;
    }

    @Override
    public String method() {
        return exchange.getRequestMethod().toString();
    }

    @Override
    public String scheme() {
        return exchange.getRequestScheme();
    }

    @Override
    public String host() {
        String known = host;
        if (known == null) {
            known = bare(target.host());
            host = known;
        }
        return known;
    }

    private static String bare(String authority) {
        int colon = authority.lastIndexOf(':');
        int end = colon > authority.lastIndexOf(']') ? colon : authority.length();
        if (end > 0 && authority.charAt(end - 1) == '.') {
            end--;
        }
        return authority.substring(0, end).toLowerCase(Locale.ROOT);
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public String query() {
        return exchange.getQueryString();
    }

    @Override
    public @Nullable String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    @Override
    public List<String> headers(String name) {
        HeaderValues values = exchange.getRequestHeaders().get(name);
        return values == null ? List.of() : List.copyOf(values);
    }

    @Override
    public InetAddress client() {
        return policy.client(exchange);
    }

    @Override
    public void whenDone(Runnable action) {
        exchange.addExchangeCompleteListener((done, next) -> {
            try {
                action.run();
            } finally {
                next.proceed();
            }
        });
    }
}
