package io.erulb.proxy;

import static java.util.Objects.requireNonNull;

import io.erulb.routing.LiveRouting;
import io.erulb.routing.RecentTraffic;
import io.erulb.rules.Walk;
import io.erulb.rules.whatif.RecentRequests;
import io.erulb.rules.whatif.Secrets;
import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.HeaderValues;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Keeps the last requests of each domain, whatever becomes of its rules; when the domain goes, they go. To be given to {@link
 * ElbProxyBuilder#observer}. Safe for use by many threads, without locks once a domain has had a request.
 */
public final class TrafficRecorder implements RequestObserver, RecentTraffic {
    private final Settings settings;
    private final Predicate<String> known;
    private final Map<String, RecentRequests> domains = new ConcurrentHashMap<>();

    /**
     * How much is kept.
     *
     * @param size requests of each domain, 1 to {@link RecentRequests#MOST}
     * @param oneIn of how many requests one is kept, at least 1
     * @param secrets what is kept as a hash only
     */
    public record Settings(int size, int oneIn, Secrets secrets) {}

    /** @param known whether there is such a domain at present; a request may come when its domain is gone */
    TrafficRecorder(Settings settings, Predicate<String> known) {
        this.settings = requireNonNull(settings, "settings");
        this.known = known;
    }

    /** Keeps requests of this routing's domains. */
    public static TrafficRecorder of(LiveRouting routing, Settings settings) {
        TrafficRecorder recorder = new TrafficRecorder(
                settings, domain -> routing.current().domains().containsKey(domain));
        routing.onPublish(change -> {
            if (change.removesDomain()) {
                recorder.retain(routing.current().domains().keySet());
            }
        });
        return recorder;
    }

    @Override
    public void decided(RoutedRequest request) {
        Walk walk = request.walk();
        if (walk != null) {
            recent(request.domain().name())
                    .record(
                            request.view(),
                            () -> fields(request.exchange()),
                            request.domain().graph(),
                            walk);
        }
    }

    @Override
    public RecentRequests of(String domain) {
        RecentRequests recent = domains.get(domain);
        return recent == null ? none() : recent;
    }

    private RecentRequests recent(String domain) {
        RecentRequests recent = domains.get(domain);
        if (recent != null) {
            return recent;
        }
        RecentRequests made = domains.computeIfAbsent(domain, name -> none());
        // Looked at after they are there, so that either this or who removes the domain sees them.
        if (!known.test(domain)) {
            domains.remove(domain, made);
        }
        return made;
    }

    private RecentRequests none() {
        return new RecentRequests(settings.size(), settings.oneIn(), settings.secrets());
    }

    /** Forgets the domains that are not among these. */
    void retain(Set<String> names) {
        domains.keySet().retainAll(names);
    }

    private static String[] fields(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        String[] fields = new String[2 * headers.size()];
        int count = 0;
        for (long at = headers.fastIterate(); at != -1L; at = headers.fiNext(at)) {
            HeaderValues values = headers.fiCurrent(at);
            String name = values.getHeaderName().toString();
            for (int i = 0; i < values.size(); i++) {
                if (count == fields.length) {
                    fields = Arrays.copyOf(fields, 2 * fields.length);
                }
                fields[count++] = name;
                fields[count++] = values.get(i);
            }
        }
        return count == fields.length ? fields : Arrays.copyOf(fields, count);
    }
}
