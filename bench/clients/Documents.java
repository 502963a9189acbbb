import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Domains and upstreams to be configured. A domain answers its version at {@code /version}; other requests walk through
 * filters of six kinds to its upstream. No two domains are alike, and a sixth of the filters has a pattern that no other
 * domain has.
 */
final class Documents {
    private Documents() {}

    static String domain(int number) {
        return String.format("d%04d.bench.local", number);
    }

    static String ruleKey(int domain) {
        return "rules/" + domain(domain);
    }

    static String upstream(int number) {
        return String.format("up%04d", number);
    }

    /** Where one of an upstream's servers is; nobody listens there. */
    static String serverKey(int upstream, int server) {
        return "upstreams/" + upstream(upstream) + "/127.1." + (upstream >> 8) + "." + (upstream & 255) + ":"
                + (8001 + server);
    }

    /** A document of at least three rules for a domain with the upstream of the same number. */
    static String document(int domain, int rules, long version) {
        return document(upstream(domain), domain, rules, version);
    }

    static String document(String upstream, int domain, int rules, long version) {
        StringBuilder text = new StringBuilder("{\"init\": \"r1\", \"rules\": {");
        rule(text, 1, "path", "\"pattern\": \"/version\", \"succ\": \"r2\", \"fail\": \"r3\"");
        rule(text.append(", "), 2, "respond", "\"status\": 200, \"body\": \"" + version + "\"");
        for (int rule = 3; rule < rules; rule++) {
            String edges = ", \"succ\": \"r" + (rule + 1) + "\", \"fail\": \"r" + (rule + 1) + "\"";
            rule(text.append(", "), rule, type(rule), test(rule, domain) + edges);
        }
        rule(text.append(", "), rules, "backend", "\"servername\": \"" + upstream + "\"");
        return text.append("}}").toString();
    }

    private static void rule(StringBuilder text, int number, String type, String args) {
        text.append("\"r").append(number).append("\": {\"type\": \"").append(type).append("\", \"args\": {").append(args)
                .append("}}");
    }

    private static String type(int rule) {
        return switch (rule % 6) {
            case 0, 1 -> "path";
            case 2 -> "ua";
            case 3 -> "header";
            case 4 -> "query";
            default -> "method";
        };
    }

    private static String test(int rule, int domain) {
        return switch (rule % 6) {
            case 0 -> "\"regex\": true, \"pattern\": \"^/shop-" + domain + "/part-" + rule + "/(\\\\S+)$\"";
            case 1 -> "\"pattern\": \"/blog/" + rule + "\"";
            case 2 -> "\"pattern\": \"(android|iphone).*/" + rule + "\"";
            case 3 -> "\"name\": \"X-Stage\", \"equals\": [\"beta-" + rule + "\", \"canary\"]";
            case 4 -> "\"name\": \"page\", \"prefix\": \"" + domain + "\"";
            default -> "\"method\": [\"GET\", \"HEAD\"]";
        };
    }

    /** So many domains of so many rules, each with an upstream of two servers: key to value. */
    static Map<String, String> all(int domains, int rules) {
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < domains; i++) {
            values.put(serverKey(i, 0), "weight=2");
            values.put(serverKey(i, 1), "max_fails=3");
            values.put(ruleKey(i), document(i, rules, 0));
        }
        return values;
    }
}
