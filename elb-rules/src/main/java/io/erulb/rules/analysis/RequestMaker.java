package io.erulb.rules.analysis;

import io.erulb.rules.RequestFacts;
import io.erulb.rules.RequestValue;
import io.erulb.rules.UriPath;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Condition.Texts;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Makes requests out of what their parts have to be. */
final class RequestMaker {
    private static final String DOCUMENTATION_CLIENT = "192.0.2.1";

    private static final RequestValue PATH = new RequestValue(RequestValue.Kind.PATH, "");

    private final String usualHost;
    private final TextSolver texts;

    /** @param domain whose requests they are, so that they have its host where nothing else is asked */
    RequestMaker(String domain, Work work) {
        this.texts = new TextSolver(new Languages(), work);
        String host = domain.startsWith("*.") ? "www" + domain.substring(1) : domain;
        this.usualHost = host.equals("*") || host.isEmpty() ? "www.example" : host;
    }

    /** Requests for a way, the likeliest first; none where something about it is not known. */
    List<RequestFacts> requests(Way way) {
        return paths(way).stream()
                .map(path -> request(way, path))
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<RequestFacts> request(Way way, String path) {
        try {
            String url = "http://" + host(way) + UriPath.encode(path) + query(way);
            RequestFacts request = RequestFacts.of(method(way), url).withClient(client(way));
            for (Map.Entry<String, List<String>> header : headers(way).entrySet()) {
                for (String line : header.getValue()) {
                    request = request.withHeader(shown(header.getKey()), line);
                }
            }
            return Optional.of(request);
        } catch (IllegalArgumentException e) {
            // A host or path that no URL can have: another one may do.
            return Optional.empty();
        }
    }

    /** What the subjects of a kind have to be, by their names; without those that have to be absent. */
    private static Map<String, List<String>> texts(Way way, Subject.Kind kind) {
        Map<String, List<String>> texts = new TreeMap<>();
        way.outcomes().forEach((subject, outcome) -> {
            if (subject.kind() == kind
                    && outcome instanceof Outcome.Texts found
                    && !found.values().isEmpty()) {
                texts.put(subject.name(), found.values());
            }
        });
        return texts;
    }

    private static String method(Way way) {
        return texts(way, Subject.Kind.METHOD).getOrDefault("", List.of("GET")).get(0);
    }

    private String host(Way way) {
        Subject host = new Subject(Subject.Kind.HOST, "", 0);
        boolean usual = way.assumptionsAbout(host).stream().allMatch(one -> one.fits(usualHost));
        return usual
                ? usualHost
                : texts(way, Subject.Kind.HOST)
                        .getOrDefault("", List.of(usualHost))
                        .get(0);
    }

    private static String client(Way way) {
        Outcome client = way.outcomes().get(new Subject(Subject.Kind.CLIENT, "", 0));
        return client instanceof Outcome.Address found ? found.address().getHostAddress() : DOCUMENTATION_CLIENT;
    }

    private static String query(Way way) {
        String query = texts(way, Subject.Kind.QUERY).entrySet().stream()
                .map(each ->
                        escaped(each.getKey()) + "=" + escaped(each.getValue().get(0)))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? "" : "?" + query;
    }

    private static Map<String, List<String>> headers(Way way) {
        Map<String, List<String>> headers = texts(way, Subject.Kind.HEADER);
        String cookies = texts(way, Subject.Kind.COOKIE).entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue().get(0))
                .collect(Collectors.joining("; "));
        if (!cookies.isEmpty()) {
            headers.put("cookie", List.of(cookies));
        }
        return headers;
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
