package io.erulb.rules.analysis;

import io.erulb.rules.RequestFacts;
import io.erulb.rules.RequestValue;
import io.erulb.rules.UriPath;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Condition.Texts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Makes requests out of what their parts have to be. */
final class RequestMaker {
    private static final String DOCUMENTATION_CLIENT = "192.0.2.1";

    private static final RequestValue PATH = new RequestValue(RequestValue.Kind.PATH, "");

    private final String usualHost;
    private final TextSolver texts = new TextSolver(new Languages());

    /** @param domain whose requests they are, so that they have its host where nothing else is asked */
    RequestMaker(String domain) {
        String host = domain.startsWith("*.") ? "www" + domain.substring(1) : domain;
        this.usualHost = host.equals("*") || host.isEmpty() ? "www.example" : host;
    }

    /** Requests for a way, the likeliest first; none where something about it is not known. */
    List<RequestFacts> requests(Way way) {
        List<RequestFacts> requests = new ArrayList<>();
        for (String path : paths(way)) {
            try {
                requests.add(request(way, path));
            } catch (IllegalArgumentException e) {
                // A host or path that no URL can have: another one may do.
                continue;
            }
        }
        return requests;
    }

    private RequestFacts request(Way way, String path) {
        String method = "GET";
        String host = usualHost;
        String client = DOCUMENTATION_CLIENT;
        List<String> query = new ArrayList<>();
        List<String> cookies = new ArrayList<>();
        Map<String, List<String>> headers = new TreeMap<>();
        for (Map.Entry<Subject, Outcome> part : way.outcomes().entrySet()) {
            Subject subject = part.getKey();
            if (part.getValue() instanceof Outcome.Address address) {
                client = address.address().getHostAddress();
            } else if (part.getValue() instanceof Outcome.Texts text
                    && !text.values().isEmpty()) {
                String value = text.values().get(0);
                switch (subject.kind()) {
                    case METHOD -> method = value;
                    case HOST -> host = mayBeUsual(way, subject) ? usualHost : value;
                    case HEADER -> headers.put(subject.name(), text.values());
                    case COOKIE -> cookies.add(subject.name() + "=" + value);
                    case QUERY -> query.add(escaped(subject.name()) + "=" + escaped(value));
                    default -> {
                        // The path is given; the rest is no text.
                    }
                }
            }
        }
        String url = "http://" + host + UriPath.encode(path) + (query.isEmpty() ? "" : "?" + String.join("&", query));
        RequestFacts request = RequestFacts.of(method, url).withClient(client);
        for (Map.Entry<String, List<String>> header : headers.entrySet()) {
            for (String line : header.getValue()) {
                request = request.withHeader(shown(header.getKey()), line);
            }
        }
        return cookies.isEmpty() ? request : request.withHeader("Cookie", String.join("; ", cookies));
    }

    private boolean mayBeUsual(Way way, Subject host) {
        return way.assumptionsAbout(host).stream().allMatch(one -> one.fits(usualHost));
    }

    private static String escaped(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** {@code X-User-Id} for {@code x-user-id}. */
    private static String shown(String name) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < name.length(); i++) {
            boolean first = i == 0 || name.charAt(i - 1) == '-';
            shown.append(first ? Character.toUpperCase(name.charAt(i)) : name.charAt(i));
        }
        return shown.toString();
    }

    /** Paths to begin with. Where a rule rewrites it later, one that may become what is wanted then. */
    private Set<String> paths(Way way) {
        Set<String> paths = new LinkedHashSet<>();
        Subject path = new Subject(Subject.Kind.PATH, "", 0);
        for (int i = 1; i <= way.rewrites(); i++) {
            Subject rewritten = new Subject(Subject.Kind.PATH, "", i);
            if (way.outcomes().get(rewritten) instanceof Outcome.Texts wanted) {
                String end = wanted.values().get(0).substring(1);
                List<Assumption> all = way.assumptionsAbout(path);
                all.add(new Assumption("", new Condition.Text(PATH, false, endingWith(end)), true));
                add(paths, texts.one(path, all));
            }
        }
        add(paths, way.outcomes().getOrDefault(path, new Outcome.Texts(List.of("/"))));
        return paths;
    }

    private static Texts endingWith(String end) {
        return end.isEmpty() ? new Texts.Below("/") : new Texts.Below(end);
    }

    private static void add(Set<String> paths, Outcome outcome) {
        if (outcome instanceof Outcome.Texts found) {
            paths.add(found.values().get(0));
        }
    }
}
